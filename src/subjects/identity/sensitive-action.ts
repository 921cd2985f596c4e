import type { Actor } from '../../iam/escalation/actor.ts';
import type { Evidence } from '../../finding/finding.ts';
import type { Yes } from '../../iam/escalation/answer.ts';
import { sensitiveActionsOf } from '../../iam/escalation/sensitive.ts';
import type { Decided } from '../../iam/escalation/sensitive.ts';
import type { Unknown } from '../../plan/value.ts';
import type { Worlds } from '../../world/world.ts';
import { administrationOf } from './administrator.ts';
import { castsOf, isActorKind, newlyUnseen } from './estate.ts';
import type { Cast } from './estate.ts';
import type { Holder } from './holder.ts';
import { HOLDER_TYPES } from './holder-forms.ts';
import { holdersOf } from './holders.ts';
import { isSensitive } from './policy-source.ts';
import { changed } from './principal.ts';
import { placeIn } from './statement-place.ts';
import { capital, exampleFacts, summary } from './subject-facts.ts';
import type { BuildOptions, Facts, Subject, SubjectKind } from '../subject.ts';

const DEFAULTS: Facts = { name: 'Role app', kind: 'role', gains: false, actions: [], allows: '' };

/** What somebody may newly do of what is sensitive, and why there may be more. */
interface Gained {
  readonly actions: readonly (Decided & { readonly answer: Yes })[];
  readonly doubts: readonly Unknown[];
}

const NOTHING: readonly Decided[] = [];

const decidedIn = ({ estate }: Cast, actor: Actor | undefined): readonly Decided[] =>
  actor ? sensitiveActionsOf(estate, actor) : NOTHING;

/** Allowed after and denied before: what was allowed already is no news, on however little. */
function gainedBy(id: string, worlds: Worlds, options: BuildOptions): Gained {
  const { before, after } = castsOf(worlds, options);
  const [then, now] = [before.actors.get(id), after.actors.get(id)];
  const old = new Map(decidedIn(before, then).map(({ action, answer }) => [action, answer]));
  const fresh = decidedIn(after, now).filter(({ action }) => old.get(action)?.kind !== 'yes');
  const sure = fresh.flatMap(({ action, answer }) =>
    answer.kind === 'yes' && !old.has(action) ? [{ action, answer }] : [],
  );
  const open = fresh.flatMap(({ action, answer }) =>
    [answer, old.get(action)].flatMap((one) => (one?.kind === 'maybe' ? [one.because] : [])),
  );
  const unread = [...(now?.grants().unread ?? []), ...(then?.grants().unread ?? []), ...newlyUnseen(id, worlds)];
  return then && then.grants().unread.length > 0
    ? { actions: [], doubts: unread }
    : { actions: sure, doubts: [...unread, ...open] };
}

/** The same holder on both sides; a new one may do nothing before. */
function pairOf(holder: Holder, { actions, doubts }: Gained): { readonly before: Subject; readonly after: Subject } {
  const isHidden = isSensitive(holder.sources);
  const base = { name: capital(holder.name), kind: holder.kind };
  const subject = {
    id: holder.id,
    merge: holder.id,
    ...placeIn(
      holder,
      actions.map(({ answer }) => answer.statement),
      true,
    ),
    touched: true,
    evidence: isHidden || actions.length <= MOST_SHOWN ? [] : [listed(actions)],
    sensitive: isHidden ? isText : undefined,
  };
  const facts: Facts = {
    gains: actions.length > 0 || (doubts[0] ?? false),
    actions: actions.map(({ action }) => action.name),
    allows: summary(actions.map(({ action }) => `${action.allows} (${action.name})`)),
  };
  return {
    before: { ...subject, object: { ...DEFAULTS, ...base } },
    after: { ...subject, object: { ...base, ...facts } },
  };
}

/** As many as the sentence tells. */
const MOST_SHOWN = 3;

const listed = (actions: Gained['actions']): Evidence => ({
  label: 'newly allowed',
  before: null,
  after: actions.map(({ action }) => action.name).join(', '),
});

const isText = ([name]: readonly (string | number)[]): boolean => name === 'actions' || name === 'allows';

/** What an administrator may do is said of him as that; of permission sets others speak. */
const isAsked = (holder: Holder): boolean =>
  isActorKind(holder.kind) && (holder.kind === 'permission set' || administrationOf(holder).admin !== true);

const build: SubjectKind['build'] = (worlds, options) => {
  const { before, after } = holdersOf(worlds);
  const pairs = changed(after, { ...options, audit: false }, before)
    .filter(isAsked)
    .map((holder) => pairOf(holder, gainedBy(holder.id, worlds, options)));
  return { before: pairs.map(({ before: then }) => then), after: pairs.map(({ after: now }) => now) };
};

/** What a principal may newly do of what attackers do first. */
export const sensitiveAction: SubjectKind = {
  name: 'sensitive-action',
  description:
    'The sensitive actions that a principal is denied before and allowed after the plan; judged with `on: changed`.',
  attributes: {
    name: 'what people call it, e.g. `Role deploy`',
    kind: 'role, user, group, permission set or unattached policy',
    gains: 'a sensitive action is newly allowed; unknown when that hangs on something not known before apply',
    actions: 'the actions, in AWS’s own case',
    allows: 'what they are good for, in a few words',
  },
  attributeTypes: { name: 'string', kind: 'string', actions: 'list', allows: 'string' },
  types: HOLDER_TYPES,
  build,
  fromExample: exampleFacts(DEFAULTS),
};
