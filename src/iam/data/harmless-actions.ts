import { namesIn } from './name-list.ts';

/**
 * Changing actions that are no weakness on every resource. Workloads hold them on `*` because AWS's own policies for them
 * do (AWSLambdaVPCAccessExecutionRole, AmazonSSMManagedInstanceCore, CloudWatchAgentServerPolicy), or they touch nothing
 * that is there already, or they reach no further than the caller and the service that he asks.
 */
export const HARMLESS_ACTIONS: readonly string[] = namesIn(`
  cloudwatch: PutMetricData
  ec2: AssignPrivateIpAddresses CreateNetworkInterface DeleteNetworkInterface UnassignPrivateIpAddresses
  iam: ChangePassword CreateServiceLinkedRole CreateVirtualMFADevice DeleteServiceLinkedRole
  kms: Encrypt GenerateDataKey GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext GenerateDataKeyWithoutPlaintext
    ReEncryptTo Verify VerifyMac
  logs: CreateLogGroup CreateLogStream PutLogEvents
  ssm: PutComplianceItems PutInventory UpdateAssociationStatus UpdateInstanceAssociationStatus
    UpdateInstanceInformation
  sts: SetContext SetSourceIdentity TagSession
`);
