import { createHash } from 'node:crypto';
import type { ExistingPrincipal, PolicyIdentifier, SimulatedRequest, SimulationCase } from '../simulator.ts';
import { contextEntries, type ContextEntry, type TypeOfKey } from './context.ts';
import type { Mask, PreparedDocument, SendableDocument, UnfitDocument } from './document.ts';
import type { Operation } from './failure.ts';

/** A policy to leave out of what a principal has (`PolicyExclusionList`). */
export type Exclusion = PolicyIdentifier | { readonly kind: 'boundary' };

/** Everything of a call but the actions: actions that share it go together. */
export interface Query {
  /** The principal whose policies in the account count too; null when only the given policies do. */
  readonly principal: string | null;
  readonly policies: readonly SendableDocument[];
  readonly boundary: SendableDocument | null;
  readonly excluded: readonly Exclusion[];
  readonly resource: string;
  readonly context: readonly ContextEntry[];
}

/** What one side of a case asks. `places` are the indexes that the policies of the query have in the policies of the side. */
export interface Question {
  readonly kind: 'question';
  readonly query: Query;
  readonly places: readonly (number | null)[];
  readonly isMasked: boolean;
}

export type Side = Question | UnfitDocument;

export interface Sides {
  readonly before: Side;
  readonly after: Side;
}

export interface Preparation {
  readonly prepare: (json: string) => PreparedDocument;
  readonly mask: Mask;
  readonly typeOf: TypeOfKey;
}

export const operationOf = ({ principal }: Query): Operation =>
  principal === null ? 'SimulateCustomPolicy' : 'SimulatePrincipalPolicy';

/** Equal for queries that ask the same, so that their actions can share a call. Short, although policies are long. */
export const keyOf = ({ policies, boundary, ...others }: Query): string =>
  createHash('sha256')
    .update(JSON.stringify([policies.map(({ text }) => text), boundary?.text ?? null, others]))
    .digest('base64');

interface Documents {
  readonly policies: readonly string[];
  readonly boundary: string | null;
}

interface Holder {
  readonly principal: string | null;
  readonly excluded: readonly Exclusion[];
  readonly places: readonly (number | null)[];
}

const isSendable = (document: PreparedDocument): document is SendableDocument => document.kind === 'sendable';

const isUnfit = (document: PreparedDocument): document is UnfitDocument => document.kind === 'unfit';

/** True when something of a request is not sent as it is. */
const isMaskedIn = ({ resource, context }: SimulatedRequest, mask: Mask): boolean =>
  [resource, ...Object.values(context).flat()].some((text) => mask(text) !== text);

function side({ request }: SimulationCase, documents: Documents, holder: Holder, preparation: Preparation): Side {
  const { prepare, mask, typeOf } = preparation;
  const { policies, boundary } = documents;
  const prepared = [...policies, ...(boundary === null ? [] : [boundary])].map(prepare);
  const unfit = prepared.find(isUnfit);
  if (unfit !== undefined) return unfit;
  const sendable = prepared.filter(isSendable);
  return {
    kind: 'question',
    query: {
      principal: holder.principal,
      policies: sendable.slice(0, policies.length),
      boundary: sendable[policies.length] ?? null,
      excluded: holder.excluded,
      resource: mask(request.resource),
      context: contextEntries(request.context, typeOf, mask),
    },
    places: holder.places,
    isMasked: sendable.some((document) => document.isMasked) || isMaskedIn(request, mask),
  };
}

/** Both sides with nothing but the policies of the plan. */
export function customSides(question: SimulationCase, preparation: Preparation): Sides {
  const ask = (documents: Documents): Side => {
    const places = documents.policies.map((_, index) => index);
    return side(question, documents, { principal: null, excluded: [], places }, preparation);
  };
  return { before: ask(question.before), after: ask(question.after) };
}

/** A boundary that the plan takes away is left out; one that it gives takes the place of the attached one. */
const excludedAfter = ({ before, after }: SimulationCase, { taken }: ExistingPrincipal): Exclusion[] =>
  before.boundary !== null && after.boundary === null ? [...taken, { kind: 'boundary' }] : [...taken];

/** Both sides with all that the principal has in the account: before as it is, after without what is taken and with what is given. */
export function principalSides(question: SimulationCase, existing: ExistingPrincipal, preparation: Preparation): Sides {
  const { after } = question;
  const { arn: principal, given } = existing;
  const asItIs = { principal, excluded: [], places: [] };
  const places = given.map((json) => after.policies.indexOf(json)).map((index) => (index === -1 ? null : index));
  const changed = { principal, excluded: excludedAfter(question, existing), places };
  return {
    before: side(question, { policies: [], boundary: null }, asItIs, preparation),
    after: side(question, { policies: given, boundary: after.boundary }, changed, preparation),
  };
}

const namesOf = (identifier: PolicyIdentifier): string[] =>
  identifier.kind === 'attached' ? [identifier.arn] : [identifier.name, identifier.holderName];

/** False when a name would have to be masked: IAM could not find what it names. */
export const canBeNamed = ({ arn, taken }: ExistingPrincipal, mask: Mask): boolean =>
  [arn, ...taken.flatMap(namesOf)].every((name) => mask(name) === name);
