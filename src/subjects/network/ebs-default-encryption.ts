import { isUnknown } from '../../plan/value.ts';
import type { Resource, World, Worlds } from '../../world/world.ts';
import { exampleFacts } from '../example.ts';
import type { Subject, SubjectKind } from '../subject.ts';

const TYPE = 'aws_ebs_encryption_by_default';

/** The account's setting (per region) that encrypts every new EBS volume. */
export const ebsDefaultEncryption: SubjectKind = {
  name: 'ebs-default-encryption',
  description: 'The setting that encrypts every new EBS volume of an account and region.',
  attributes: {
    isEnabled: 'true when new volumes are encrypted',
    isManaged: 'false when the plan removes the setting from Terraform, which turns it off',
  },
  attributeTypes: { isManaged: 'bool' },
  types: [TYPE],
  build,
  fromExample: (example) => exampleFacts({ isEnabled: true, isManaged: true }, example),
};

/** The provider turns the setting off when it destroys the resource, so after that it stands there, disabled. */
function build({ before, after }: Worlds): { before: Subject[]; after: Subject[] } {
  const still = new Set(after.resources(TYPE).map(({ identity }) => identity));
  const gone = before.resources(TYPE).filter(({ identity, fate }) => !still.has(identity) && fate !== 'forgotten');
  return {
    before: subjectsIn(before),
    after: [...subjectsIn(after), ...gone.map((setting) => subjectOf(setting, false, false))],
  };
}

const subjectsIn = (world: World): Subject[] =>
  world.resources(TYPE).map((setting) => subjectOf(setting, enabledIn(setting), true));

/** Unset is enabled. */
function enabledIn(setting: Resource): Subject['object'][string] {
  const value = setting.get('enabled');
  return isUnknown(value) && setting.isConfigured('enabled') ? value : value !== false;
}

const subjectOf = (setting: Resource, isEnabled: Subject['object'][string], isManaged: boolean): Subject => ({
  id: setting.identity,
  object: { isEnabled, isManaged },
  address: setting.address,
  previousAddress: setting.previousAddress,
  resourceType: TYPE,
  attribute: 'enabled',
  causes: [['enabled'], []].map((path) => ({ address: setting.address, path })),
  touched: setting.touched,
  fate: 'kept',
});
