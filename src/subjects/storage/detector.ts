import type { Resource, Worlds } from '../../world/world.ts';
import { isUnknown } from '../../plan/value.ts';
import type { Value } from '../../plan/value.ts';
import { exampleFacts } from '../example.ts';
import type { Subject, SubjectKind } from '../subject.ts';

const TYPE = 'aws_guardduty_detector';

/** A GuardDuty detector. It stands after the plan even when it is deleted, so that deleting and disabling are one thing. */
export const detector: SubjectKind = {
  name: 'detector',
  description: 'The GuardDuty detector of an account and region.',
  attributes: {
    name: 'What people call it: its address.',
    state: '`enabled`, `disabled`, `deleted`, `replaced` (findings are lost) or `forgotten`.',
  },
  attributeTypes: { name: 'string', state: 'string' },
  types: [TYPE],
  build({ before, after }: Worlds) {
    const [old, now] = [before.resources(TYPE), after.resources(TYPE)];
    const fates = new Map(old.map((resource) => [resource.identity, resource.fate]));
    const gone = old.filter(({ identity }) => !now.some((resource) => resource.identity === identity));
    return {
      before: old.map((resource) => toSubject(resource, stateOf(resource))),
      after: [
        ...now.map((resource) =>
          toSubject(resource, lost(fates.get(resource.identity)) ? 'replaced' : stateOf(resource)),
        ),
        ...gone.map((resource) => toSubject(resource, resource.fate === 'forgotten' ? 'forgotten' : 'deleted')),
      ],
    };
  },
  fromExample: (example) => exampleFacts({ name: 'aws_guardduty_detector.example', state: 'enabled' }, example),
};

const lost = (fate: Resource['fate'] | undefined): boolean => fate === 'replaced' || fate === 'recreated';

function stateOf(resource: Resource): Value {
  const enable = resource.get('enable');
  if (isUnknown(enable)) return enable;
  return enable === false ? 'disabled' : 'enabled';
}

const toSubject = (resource: Resource, state: Value): Subject => ({
  id: resource.identity,
  object: { name: resource.address, state },
  address: resource.address,
  previousAddress: resource.previousAddress,
  resourceType: TYPE,
  attribute: state === 'disabled' ? 'enable' : undefined,
  causes: [{ address: resource.address, path: state === 'disabled' ? ['enable'] : [] }],
  touched: resource.touched,
});
