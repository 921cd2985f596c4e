import type {
  ExistingPrincipal,
  PolicySimulator,
  SimulatedCase,
  SimulationCase,
  SimulatorAnswer,
} from '../simulator.ts';
import type { Ask, Reply } from './ask.ts';
import { unfitness } from './limits.ts';
import { canBeNamed, customSides, principalSides, type Preparation, type Side, type Sides } from './query.ts';
import { readAnswer } from './result.ts';

const unanswered = (reason: string): SimulatorAnswer => ({ kind: 'unanswered', reason });

/** Nobody may do anything without a policy; there is nothing that IAM could be asked with. */
const NOTHING_ALLOWS: SimulatorAnswer = {
  kind: 'decided',
  decision: 'implicitDeny',
  decidedBy: [],
  missingContext: [],
};

/** An answer, with the reason why the principal itself could not be asked for. */
interface Outcome {
  readonly answer: SimulatorAnswer;
  readonly refusal: string | null;
}

/** These say nothing of the policies in the plan, which can be asked for alone. */
const isRefusal = ({ kind }: Reply): boolean =>
  kind === 'no-permission' || kind === 'no-principal' || kind === 'rejected';

async function outcomeOf(side: Side, action: string, ask: Ask): Promise<Outcome> {
  if (side.kind === 'unfit') return { answer: unanswered(side.reason), refusal: null };
  const { principal, policies } = side.query;
  if (principal === null && policies.length === 0) return { answer: NOTHING_ALLOWS, refusal: null };
  const reply = await ask(side.query, action);
  if (reply.kind === 'results') return { answer: readAnswer(reply.results, action, side), refusal: null };
  return { answer: unanswered(reply.reason), refusal: isRefusal(reply) ? reply.reason : null };
}

interface Outcomes {
  readonly before: Outcome;
  readonly after: Outcome;
}

async function askBoth({ before, after }: Sides, action: string, ask: Ask): Promise<Outcomes> {
  const [ofBefore, ofAfter] = await Promise.all([outcomeOf(before, action, ask), outcomeOf(after, action, ask)]);
  return { before: ofBefore, after: ofAfter };
}

const answersOf = ({ before, after }: Outcomes): SimulatedCase => ({ before: before.answer, after: after.answer });

const withNote = (answer: SimulatorAnswer, note: string): SimulatorAnswer =>
  answer.kind === 'decided' ? { ...answer, notes: [...(answer.notes ?? []), note] } : answer;

/** What asking for the principal itself gives, or the reason why that cannot be. Both sides must be asked for alike. */
async function askForPrincipal(
  question: SimulationCase,
  existing: ExistingPrincipal,
  ask: Ask,
  preparation: Preparation,
): Promise<SimulatedCase | string> {
  if (!canBeNamed(existing, preparation.mask)) return 'a name in it looks like a secret';
  const outcomes = await askBoth(principalSides(question, existing, preparation), question.request.action, ask);
  return outcomes.before.refusal ?? outcomes.after.refusal ?? answersOf(outcomes);
}

async function simulate(question: SimulationCase, ask: Ask, preparation: Preparation): Promise<SimulatedCase> {
  const { request, existing } = question;
  const reason = unfitness(request);
  if (reason !== undefined) return { before: unanswered(reason), after: unanswered(reason) };
  const asked = existing === null ? null : await askForPrincipal(question, existing, ask, preparation);
  if (asked !== null && typeof asked !== 'string') return asked;
  const { before, after } = answersOf(await askBoth(customSides(question, preparation), request.action, ask));
  if (asked === null) return { before, after };
  const note = `only the policies in the plan were simulated, because ${asked}`;
  return { before: withNote(before, note), after: withNote(after, note) };
}

/** A simulator that asks IAM with both sides of every case. It says why a question was not answered and never throws. */
export const createSimulator = (ask: Ask, preparation: Preparation): PolicySimulator => ({
  name: 'AWS',
  async simulate(question) {
    try {
      return await simulate(question, ask, preparation);
    } catch {
      const answer = unanswered('the question could not be put to AWS because of a defect in planwarden');
      return { before: answer, after: answer };
    }
  },
});
