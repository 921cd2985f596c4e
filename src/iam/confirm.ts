import { embeddedSimulator } from './embedded-simulator.ts';
import type { PolicySimulator, SimulatedCase, SimulationCase, SimulatorAnswer } from './simulator.ts';

/** AWS's simulator, or why it is not asked: `there are no AWS credentials`. */
export type AwsSimulator = PolicySimulator | string;

/** Finds AWS's simulator when there is something to ask; the SDK is loaded only then. */
export type FindAwsSimulator = () => Promise<AwsSimulator>;

/** What simulators say of gained access. */
export interface Confirmation {
  /** One clause for each question, in their order. */
  readonly verdicts: readonly string[];
  /** Why AWS did not answer some of them; each reason once. */
  readonly unanswered: readonly string[];
}

const COVERS_IDENTITY_ONLY = {
  resource: "AWS's simulator does not cover resource policies of roles",
  trust: "AWS's simulator does not cover trust policies",
} as const;

/**
 * Puts every question to the embedded simulator, and to AWS's where it can be asked. They are asked together, so that AWS
 * gets few calls. Never throws: what no simulator answers is said in its verdict.
 * @param questions what to ask, or why it cannot be asked
 */
export async function confirm(
  questions: readonly (SimulationCase | string)[],
  findAws: FindAwsSimulator,
): Promise<Confirmation> {
  const forAws = questions.some((question) => typeof question !== 'string' && question.kind === 'identity');
  const aws = forAws ? await findAws() : '';
  const answers = await Promise.all(questions.map((question) => ask(question, aws)));
  return {
    verdicts: answers.map(verdictOf),
    unanswered: [...new Set(answers.flatMap(({ aws: said, isAsked }) => (isAsked ? reasonsIn(said) : [])))],
  };
}

interface Answers {
  /** Undefined where the question cannot be put. */
  readonly embedded: SimulatedCase | undefined;
  /** What AWS says, or why it was not asked. */
  readonly aws: SimulatedCase | string;
  readonly isAsked: boolean;
}

async function ask(question: SimulationCase | string, aws: AwsSimulator): Promise<Answers> {
  if (typeof question === 'string') return { embedded: undefined, aws: question, isAsked: false };
  const embedded = embeddedSimulator.simulate(question);
  if (question.kind !== 'identity')
    return { embedded: await embedded, aws: COVERS_IDENTITY_ONLY[question.kind], isAsked: false };
  if (typeof aws === 'string') return { embedded: await embedded, aws, isAsked: false };
  const [own, said] = await Promise.all([embedded, aws.simulate(question)]);
  return { embedded: own, aws: said, isAsked: true };
}

const reasonsIn = (said: SimulatedCase | string): readonly string[] =>
  typeof said === 'string'
    ? []
    : [said.before, said.after].flatMap((answer) => (answer.kind === 'unanswered' ? [answer.reason] : []));

/** True when the request was denied before and is allowed after. */
const isGain = ({ before, after }: SimulatedCase): boolean =>
  before.kind === 'decided' &&
  after.kind === 'decided' &&
  before.decision !== 'allowed' &&
  after.decision === 'allowed';

function verdictOf({ embedded, aws }: Answers): string {
  if (embedded === undefined) return `not simulated: ${typeof aws === 'string' ? aws : ''}`;
  if (typeof aws === 'string') return alone(embedded, aws);
  const [reason] = reasonsIn(aws);
  if (reason !== undefined) return alone(embedded, reason);
  if (isGain(aws) && isGain(embedded)) return ['confirmed by AWS', ...notesOf(aws)].join('; ');
  const missing = [...missingIn(aws.before), ...missingIn(aws.after)];
  if (missing.length > 0) return `not confirmed by AWS, which asks for ${[...new Set(missing)].join(', ')}`;
  return `the simulators disagree: AWS says ${said(aws)}, the embedded one ${said(embedded)}`;
}

const alone = (embedded: SimulatedCase, why: string): string =>
  isGain(embedded)
    ? `confirmed by the embedded simulator only: ${why}`
    : `not confirmed: the embedded simulator says ${said(embedded)}; ${why}`;

const said = ({ before, after }: SimulatedCase): string => `${word(before)} before and ${word(after)} after`;

const word = (answer: SimulatorAnswer): string => (answer.kind === 'decided' ? answer.decision : answer.reason);

const missingIn = (answer: SimulatorAnswer): readonly string[] =>
  answer.kind === 'decided' ? answer.missingContext : [];

const notesOf = ({ before, after }: SimulatedCase): readonly string[] => [
  ...new Set([before, after].flatMap((answer) => (answer.kind === 'decided' ? (answer.notes ?? []) : []))),
];
