import type { Expression } from '../../plan/expression.ts';
import type { Resource, World } from '../../world/world.ts';
import { exampleFacts } from '../example.ts';
import type { Facts, Subject, SubjectKind } from '../subject.ts';
import { isSecurityRelevant } from './security-types.ts';

/**
 * What the `lifecycle` block of a resource says. Only the code shows it, so it is read as it is now.
 * @param unguarded addresses of which the pull request takes `prevent_destroy` out
 */
export const guardedResourceKind = (unguarded: ReadonlySet<string>): SubjectKind => ({
  name: 'guarded-resource',
  description: 'A resource with a `lifecycle` block in the code, or that had one with `prevent_destroy`.',
  attributes: {
    type: 'its resource type',
    isUnguarded: 'the pull request takes `prevent_destroy` out; known in a pull request only',
    ignores: 'the attributes of `ignore_changes`; `all` for all of them',
  },
  attributeTypes: { type: 'string', ignores: 'list', isUnguarded: 'bool' },
  types: ['*'],
  build: ({ before, after }) => ({
    before: subjectsIn(before, after, unguarded, false),
    after: subjectsIn(after, after, unguarded, true),
  }),
  fromExample: (example): Facts =>
    exampleFacts({ type: 'aws_security_group', ignores: [], isUnguarded: false }, example),
});

export const guardedResource = guardedResourceKind(new Set());

/** The code as it is now stands for both sides: what stood before the plan counts as guarded as it is. */
const subjectsIn = (world: World, code: World, unguarded: ReadonlySet<string>, isAfter: boolean): Subject[] =>
  [...world.types]
    .filter((type) => unguarded.size > 0 || isSecurityRelevant(type))
    .flatMap((type) => world.resources(type))
    .flatMap((resource) => {
      const isUnguarded = unguarded.has(resource.address);
      const ignores = isSecurityRelevant(resource.type) ? ignoredBy(code.at(resource.address) ?? resource) : [];
      if (ignores.length === 0 && !isUnguarded) return [];
      return [toSubject(resource, ignores, isUnguarded, isAfter)];
    });

const ignoredBy = (resource: Resource): string[] => ignored(resource.written('lifecycle', 0, 'ignore_changes'));

function ignored(expression: Expression | undefined): string[] {
  if (expression?.kind === 'reference') return [nameOf(expression)];
  return expression?.kind === 'tuple' ? expression.items.flatMap((item) => ignored(item)) : [];
}

const nameOf = ({ root, steps }: Extract<Expression, { kind: 'reference' }>): string =>
  [root, ...steps.flatMap((step) => (step.kind === 'attribute' ? [step.name] : []))].join('.');

const toSubject = (
  resource: Resource,
  ignores: readonly string[],
  isUnguarded: boolean,
  isAfter: boolean,
): Subject => ({
  id: resource.identity,
  object: { type: resource.type, ignores, isUnguarded: isUnguarded && isAfter },
  address: resource.address,
  previousAddress: resource.previousAddress,
  resourceType: resource.type,
  attribute: isUnguarded ? 'lifecycle.prevent_destroy' : 'lifecycle.ignore_changes',
  causes: [{ address: resource.address, path: isUnguarded ? [] : ['lifecycle', 'ignore_changes'] }],
  touched: resource.touched || isUnguarded,
});
