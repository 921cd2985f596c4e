import { globalKey } from './global-keys.ts';
import { namesIn } from './name-list.ts';

/**
 * Keys of services that say how a request is made, from where, by whom, or how large the thing is: a condition on them
 * narrows nothing down to some resources. All other keys of services do, in one way or another: tags, names, VPCs, aliases.
 */
export const BESIDE_KEYS: readonly string[] = namesIn(`
  autoscaling: InstanceType InstanceTypes MaxSize MinSize SpotPrice
  dynamodb: FullTableScan ReturnConsumedCapacity ReturnValues Select
  ec2: EbsOptimized Encrypted InstanceCount InstanceMarketType InstanceMetadataTags InstanceType IsLaunchTemplateResource
    MetadataHttpEndpoint MetadataHttpPutResponseHopLimit MetadataHttpTokens Region RootDeviceType Tenancy VolumeIops
    VolumeSize VolumeThroughput VolumeType
  kms: CallerAccount EncryptionAlgorithm KeyOrigin KeySpec KeyUsage MessageType SigningAlgorithm
  rds: DatabaseClass DatabaseEngine ManageMasterUserPassword MultiAz Piops StorageEncrypted StorageSize
  s3: ResourceAccount TlsVersion authType delimiter if-match if-none-match locationconstraint max-keys signatureAge
    signatureversion x-amz-acl x-amz-content-sha256 x-amz-grant-full-control x-amz-grant-read x-amz-grant-read-acp
    x-amz-grant-write x-amz-grant-write-acp x-amz-metadata-directive x-amz-server-side-encryption
    x-amz-server-side-encryption-aws-kms-key-id x-amz-server-side-encryption-customer-algorithm x-amz-storage-class
  sagemaker: InstanceTypes
  secretsmanager: VersionStage
  ssm: Overwrite Recursive
  `);

const BESIDE: ReadonlySet<string> = new Set(BESIDE_KEYS.map((name) => name.toLowerCase()));

/** Services whose keys tell of the session and never of a resource. */
const SESSION = /^(saml|sts|identitystore):/;

/** True when a condition on the key, in lower case, narrows a request down to some resources of its kind. */
export function isResourceKey(key: string): boolean {
  if (isResourceTag(key)) return true;
  const service = key.slice(0, Math.max(0, key.indexOf(':')));
  // The keys of identity providers begin with a domain.
  const isOfService = service !== '' && service !== 'aws' && !service.includes('.');
  return isOfService && !SESSION.test(key) && !BESIDE.has(key) && globalKey(key) === undefined;
}

const isResourceTag = (key: string): boolean => key.startsWith('aws:resourcetag/');

/** True for the tags that a request gives to what it creates or tags. */
export const isRequestTagKey = (key: string): boolean => key.startsWith('aws:requesttag/') || key === 'aws:tagkeys';
