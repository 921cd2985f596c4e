import type { Expression } from '../../plan/expression.ts';
import type { Resource, World } from '../../world/world.ts';
import { exampleFacts } from '../example.ts';
import type { Facts, Subject, SubjectKind } from '../subject.ts';
import { isSecurityRelevant } from './security-types.ts';

/** What the `lifecycle` block of a security-relevant resource says. Only the code shows it, so it is read as it is now. */
export const guardedResource: SubjectKind = {
  name: 'guarded-resource',
  description: 'A security-relevant resource with a `lifecycle` block in the code.',
  attributes: {
    type: 'its resource type',
    ignores: 'the attributes of `ignore_changes`; `all` for all of them',
  },
  attributeTypes: { type: 'string', ignores: 'list' },
  types: ['*'],
  build: ({ before, after }) => ({ before: subjectsIn(before, after), after: subjectsIn(after, after) }),
  fromExample: (example): Facts => exampleFacts({ type: 'aws_security_group', ignores: [] }, example),
};

/** The code as it is now stands for both sides: what stood before the plan counts as guarded as it is. */
const subjectsIn = (world: World, code: World): Subject[] =>
  [...world.types]
    .filter(isSecurityRelevant)
    .flatMap((type) => world.resources(type))
    .flatMap((resource) => {
      const ignores = ignored((code.at(resource.address) ?? resource).written('lifecycle', 0, 'ignore_changes'));
      return ignores.length === 0 ? [] : [toSubject(resource, ignores)];
    });

function ignored(expression: Expression | undefined): string[] {
  if (expression?.kind === 'reference') return [nameOf(expression)];
  return expression?.kind === 'tuple' ? expression.items.flatMap((item) => ignored(item)) : [];
}

const nameOf = ({ root, steps }: Extract<Expression, { kind: 'reference' }>): string =>
  [root, ...steps.flatMap((step) => (step.kind === 'attribute' ? [step.name] : []))].join('.');

const toSubject = (resource: Resource, ignores: readonly string[]): Subject => ({
  id: resource.identity,
  object: { type: resource.type, ignores },
  address: resource.address,
  previousAddress: resource.previousAddress,
  resourceType: resource.type,
  attribute: 'lifecycle.ignore_changes',
  causes: [{ address: resource.address, path: ['lifecycle', 'ignore_changes'] }],
  touched: resource.touched,
});
