import type { Statement } from '../../aws/policy-document/statement.ts';
import type { Evidence } from '../../finding/finding.ts';
import { milderBy } from '../../iam/escalation/completed.ts';
import type { Completed, Step } from '../../iam/escalation/completed.ts';
import { becomes, chainOf, conditionsOf } from '../../iam/escalation/told.ts';
import { escalatingHolders } from './escalating-holder.ts';
import type { Escalating } from './escalating-holder.ts';
import type { Holder } from './holder.ts';
import { HOLDER_TYPES } from './holder-forms.ts';
import { isSensitive } from './policy-source.ts';
import { placeIn } from './statement-place.ts';
import { capital, exampleFacts } from './subject-facts.ts';
import { inOnePlace, whereItWas } from './subject-sides.ts';
import type { Sides } from './subject-sides.ts';
import type { Fact, Facts, Subject, SubjectKind } from '../subject.ts';

const DEFAULTS: Facts = {
  name: 'Role app',
  kind: 'role',
  possible: false,
  path: '',
  title: '',
  category: '',
  severity: 'high',
  becomes: '',
  chain: '',
  condition: '',
  scope: '',
  missing: [],
  also: [],
};

/** What a family of paths says of one side of a holder. */
interface Told {
  readonly holder: Holder;
  /** The key of the family within the holder. */
  readonly key: string;
  readonly possible: Fact;
  readonly completed: Completed | undefined;
  readonly missing: readonly string[];
  readonly also: readonly string[];
}

/** The statements that allow the steps, of what is new first. */
function statementsOf({ completed, missing }: Told): readonly Statement[] {
  const steps = completed?.steps ?? [];
  const isNew = ({ action }: Step): boolean => missing.some((text) => text.startsWith(action));
  return [...steps.filter(isNew), ...steps].map(({ answer }) => answer.statement);
}

function toSubject(told: Told): Subject {
  const { holder, key, completed } = told;
  const isHidden = isSensitive(holder.sources);
  return {
    id: `${holder.id}|${key}`,
    merge: holder.id,
    object: {
      ...DEFAULTS,
      name: capital(holder.name),
      kind: holder.kind,
      possible: told.possible,
      ...(completed && factsOf(told, completed)),
    },
    ...placeIn(holder, statementsOf(told), told.missing.length > 0),
    touched: true,
    way: isHidden || !completed ? undefined : wayOf(capital(holder.name), chainOf(completed)),
    evidence: isHidden || !completed ? [] : evidenceOf(told),
    sensitive: isHidden ? (path) => HIDDEN.includes(String(path[0])) : undefined,
  };
}

/** Facts that tell what is in a policy. */
const HIDDEN = ['path', 'title', 'becomes', 'chain', 'condition', 'missing', 'also'];

const factsOf = ({ holder, missing, also }: Told, completed: Completed): Facts => ({
  path: completed.path.id,
  title: completed.path.name,
  category: completed.path.category,
  // Nobody holds the policy yet.
  severity: milderBy(completed.severity, holder.kind === 'unattached policy' ? 1 : 0),
  becomes: becomes(completed),
  chain: chainOf(completed),
  condition: conditionsOf(completed),
  scope: completed.scope,
  missing,
  also,
});

/** Who, by which actions, becomes whom; a chain that ends anywhere is a sentence. */
function wayOf(name: string, chain: string): string[] | undefined {
  const steps = chain.split(' → ');
  return steps.length > 1 && steps.at(-1) !== '*' ? [name, ...steps] : undefined;
}

const evidenceOf = ({ also }: Told): readonly Evidence[] =>
  also.map((name) => ({ label: 'also possible', before: null, after: name }));

/** The subjects of one holder: one for each family of paths, and one for what cannot be told before apply. */
function subjectsOf({ before, after, families, doubt }: Escalating): Sides {
  return {
    before: before
      ? families.map((family) =>
          toSubject({
            holder: before,
            key: family.id,
            possible: family.before !== undefined,
            completed: family.before,
            missing: [],
            also: family.also,
          }),
        )
      : [],
    after: after
      ? [
          ...families.map((family) =>
            toSubject({
              holder: after,
              key: family.id,
              possible: family.possible,
              completed: family.after,
              missing: family.missing,
              also: family.also,
            }),
          ),
          ...(doubt ? [toSubject({ ...OPEN, holder: after, possible: doubt })] : []),
        ]
      : [],
  };
}

const OPEN = { key: 'doubt', completed: undefined, missing: [], also: [] } as const;

const build: SubjectKind['build'] = (worlds, options) => {
  const sides = escalatingHolders(worlds, options).map(subjectsOf);
  const both = { before: sides.flatMap(({ before }) => before), after: sides.flatMap(({ after }) => after) };
  return inOnePlace(whereItWas(both, ({ object }) => object['possible'] !== false));
};

/** A known way for a principal to become more than it was made for. */
export const escalation: SubjectKind = {
  name: 'escalation',
  description:
    'A known way from what a principal may do to more power: the paths that it completes, decided by evaluating its policies.',
  attributes: {
    name: 'what people call it, e.g. `Role deploy`',
    kind: 'role, user, group, permission set or unattached policy',
    possible: 'the principal completes the path; unknown when that hangs on something not known before apply',
    path: 'id of the path, e.g. `passrole-lambda-invoke`',
    title: 'what is done, e.g. `Make and invoke a Lambda function with a role of its choice`',
    category: 'self-escalation, principal-access, new-passrole or existing-passrole',
    severity: 'high, medium or low: what it leads to, and less when it reaches less',
    becomes: 'completes "the principal can become …", e.g. `any role it passes to Lambda`',
    chain: 'how, e.g. `iam:PassRole + lambda:CreateFunction + lambda:InvokeFunction → role admin`',
    condition: 'what must be true besides, e.g. `Bool aws:MultiFactorAuthPresent true`; empty when nothing must',
    scope: 'what it reaches: everything, administrator (somebody of the plan), itself, some or one',
    missing: 'what kept the principal from it before: actions, or what changed about whom it reaches',
    also: 'names of paths that are completed with it',
  },
  attributeTypes: {
    name: 'string',
    kind: 'string',
    path: 'string',
    title: 'string',
    category: 'string',
    severity: 'string',
    becomes: 'string',
    chain: 'string',
    condition: 'string',
    scope: 'string',
    missing: 'list',
    also: 'list',
  },
  types: HOLDER_TYPES,
  build,
  fromExample: exampleFacts(DEFAULTS),
};
