import { isUnknown } from '../../plan/value.ts';
import type { Unknown } from '../../plan/value.ts';
import type { Resource, World } from '../../world/world.ts';
import { exampleFacts } from '../example.ts';
import type { Subject, SubjectKind } from '../subject.ts';

/**
 * - `on`, `off`: encrypted or not
 * - `inherited`: it is made from a snapshot, a replica source or a global cluster and takes over its encryption
 * - `depends`: nobody set it, and engine and account decide
 */
type Encryption = 'on' | 'off' | 'inherited' | 'depends';

interface StorageType {
  /** Arguments that name what the storage is made from. */
  readonly sources: readonly string[];
  readonly unset: 'off' | 'depends';
}

const CLUSTER_SOURCES = [
  'snapshot_identifier',
  'replication_source_identifier',
  'global_cluster_identifier',
  'restore_to_point_in_time',
];

const TYPES: Readonly<Record<string, StorageType>> = {
  aws_db_instance: {
    sources: ['replicate_source_db', 'snapshot_identifier', 'restore_to_point_in_time', 's3_import'],
    unset: 'off',
  },
  aws_rds_cluster: { sources: [...CLUSTER_SOURCES, 's3_import'], unset: 'depends' },
  aws_rds_global_cluster: { sources: ['source_db_cluster_identifier'], unset: 'depends' },
  aws_docdb_cluster: { sources: CLUSTER_SOURCES, unset: 'off' },
  aws_docdb_global_cluster: { sources: ['source_db_cluster_identifier'], unset: 'off' },
  aws_neptune_cluster: { sources: CLUSTER_SOURCES, unset: 'off' },
  aws_neptune_global_cluster: { sources: ['source_db_cluster_identifier'], unset: 'off' },
};

/** The storage of a database with the encryption it really gets. */
export const databaseStorage: SubjectKind = {
  name: 'database-storage',
  description: 'The storage of a database instance or cluster with the encryption it really gets.',
  attributes: {
    name: 'address of the database',
    encryption:
      '`on`, `off`, `inherited` (from a snapshot, replica source or global cluster) or `depends` (on engine and account)',
  },
  attributeTypes: { name: 'string', encryption: 'string' },
  types: Object.keys(TYPES),
  build: ({ before, after }, { audit }) => ({ before: subjectsIn(before, audit), after: subjectsIn(after, audit) }),
  fromExample: (example) => exampleFacts({ name: 'aws_db_instance.example', encryption: 'on' }, example),
};

const subjectsIn = (world: World, audit: boolean): Subject[] =>
  Object.entries(TYPES).flatMap(([type, about]) =>
    world
      .resources(type)
      .filter(({ touched }) => audit || touched)
      .map((resource) => subjectOf(resource, about)),
  );

function subjectOf(resource: Resource, about: StorageType): Subject {
  return {
    id: resource.identity,
    object: { name: resource.address, encryption: encryptionOf(resource, about) },
    address: resource.address,
    previousAddress: resource.previousAddress,
    resourceType: resource.type,
    attribute: 'storage_encrypted',
    causes: [
      { address: resource.address, path: ['storage_encrypted'] },
      { address: resource.address, path: [] },
    ],
    touched: resource.touched,
    fate: resource.fate,
  };
}

function encryptionOf(resource: Resource, { sources, unset }: StorageType): Encryption | Unknown {
  const value = resource.get('storage_encrypted');
  const isConfigured = resource.isConfigured('storage_encrypted');
  if (value === true) return 'on';
  if (isUnknown(value) && isConfigured) return value;
  if (value === false && (isConfigured || isDeployed(resource))) return 'off';
  return sources.some((name) => isNamed(resource, name)) || isServerless(resource) ? 'inherited' : unset;
}

/** What stands in AWS already shows its encryption, whoever chose it. */
const isDeployed = (resource: Resource): boolean => resource.side === 'before' || resource.action !== 'create';

function isNamed(resource: Resource, attribute: string): boolean {
  const value = resource.get(attribute);
  if (isUnknown(value)) return resource.isConfigured(attribute);
  return Array.isArray(value) ? value.length > 0 : value !== null && value !== '';
}

/** Aurora Serverless v1 is always encrypted. */
const isServerless = (resource: Resource): boolean => resource.get('engine_mode') === 'serverless';
