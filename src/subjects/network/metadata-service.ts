import { blocks, isUnknown } from '../../plan/value.ts';
import type { Unknown, Value } from '../../plan/value.ts';
import type { Resource, World } from '../../world/world.ts';
import { exampleFacts } from '../example.ts';
import type { Subject, SubjectKind } from '../subject.ts';

const SETTING = 'aws_ec2_instance_metadata_defaults';
const HOSTS = ['aws_instance', 'aws_spot_instance_request', 'aws_launch_template', 'aws_launch_configuration'] as const;

/** The instance metadata service of an instance, a launch template or the account, as it will really be. */
export const metadataService: SubjectKind = {
  name: 'metadata-service',
  description: 'The instance metadata service of an instance, a launch template or the account default.',
  attributes: {
    name: 'address of the instance, template or setting',
    type: 'its resource type',
    tokens: '`required`, `optional`, or `unset` when neither it, its launch template, its image nor the account says',
    isEnabled: 'false when the service is turned off',
  },
  attributeTypes: { name: 'string', type: 'string', tokens: 'string', isEnabled: 'bool' },
  types: [...HOSTS, SETTING],
  build: ({ before, after }, { audit }) => ({ before: subjectsIn(before, audit), after: subjectsIn(after, audit) }),
  fromExample: (example) => exampleFacts(DEFAULTS, example),
};

const DEFAULTS = { name: 'aws_instance.example', type: 'aws_instance', tokens: 'required', isEnabled: true } as const;

function subjectsIn(world: World, audit: boolean): Subject[] {
  const account = world.resources(SETTING);
  const hosts = world
    .resources(...HOSTS)
    .filter((host) => audit || host.touched)
    .map((host) => subjectOf(host, effectiveTokens(world, host, account), optionsOf(host)));
  return [
    ...hosts,
    ...account.map((setting) => subjectOf(setting, settingTokens(setting), setting.get('http_endpoint'))),
  ];
}

function subjectOf(resource: Resource, tokens: Value, endpoint: Value): Subject {
  const isSetting = resource.type === SETTING;
  const path = isSetting ? ['http_tokens'] : ['metadata_options', 0, 'http_tokens'];
  return {
    id: resource.identity,
    object: { name: resource.address, type: resource.type, tokens, isEnabled: isEnabled(endpoint) },
    address: resource.address,
    previousAddress: resource.previousAddress,
    resourceType: resource.type,
    attribute: isSetting ? 'http_tokens' : 'metadata_options.http_tokens',
    causes: [path, []].map((one) => ({ address: resource.address, path: one })),
    touched: resource.touched,
    fate: resource.fate,
  };
}

/** The one `metadata_options` block, or null when there is none; what was not set in it is null too. */
function optionsOf(host: Resource): Value {
  const value = host.get('metadata_options');
  return isUnknown(value) && !host.isConfigured('metadata_options') ? null : value;
}

function optionIn(options: Value, name: string): Value {
  if (isUnknown(options)) return options;
  const value = blocks(options)[0]?.[name] ?? null;
  // Inside a block that is written, an argument nobody wrote refers to nothing but itself.
  return value === '' ? null : value;
}

const isEnabled = (options: Value): boolean | Unknown => {
  const endpoint = typeof options === 'string' || options === null ? options : optionIn(options, 'http_endpoint');
  return isUnknown(endpoint) ? true : endpoint !== 'disabled';
};

/** Own options first, then the launch template's, the account's, the image's. */
function effectiveTokens(world: World, host: Resource, account: readonly Resource[]): Value {
  const template = host.type === 'aws_launch_template' ? undefined : templateOf(world, host);
  const said = [
    ownTokens(host),
    template ? ownTokens(template) : null,
    ...account.map((setting) => sets(setting.get('http_tokens'))),
    imageTokens(world, host),
  ];
  return said.find((value) => value !== null) ?? 'unset';
}

function ownTokens(host: Resource): Value {
  const value = optionIn(optionsOf(host), 'http_tokens');
  return isUnknown(value) && value.references.every(({ address }) => address === host.address) ? null : value;
}

/** `no-preference` leaves it to the image. */
const sets = (value: Value): Value => (value === 'required' || value === 'optional' ? value : null);

const settingTokens = (setting: Resource): Value => sets(setting.get('http_tokens')) ?? 'no-preference';

function templateOf(world: World, host: Resource): Resource | undefined {
  const templates = world.resources('aws_launch_template');
  const references = host.references('launch_template').map(({ address }) => address);
  const [block] = blocks(host.get('launch_template'));
  return templates.find(
    (one) =>
      references.includes(one.address) ||
      (block && (one.get('id') === block['id'] || one.get('name') === block['name'])),
  );
}

function imageTokens(world: World, host: Resource): Value {
  const attribute = host.type === 'aws_instance' || host.type === 'aws_spot_instance_request' ? 'ami' : 'image_id';
  const image = world.target(host, attribute, ['data.aws_ami', 'aws_ami'], ['id']);
  return image?.get('imds_support') === 'v2.0' ? 'required' : null;
}
