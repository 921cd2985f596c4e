import type { Claim, Provider } from './federation-providers.ts';
import { EXACT, looserOf, tighter } from './federation-reach.ts';
import type { Grade } from './federation-reach.ts';

/** What tests of claims tell about the tokens that pass: nothing, or how far they narrow them down. */
export interface Reading {
  /** Whose project. Undefined: anybody's. */
  readonly who?: Grade | undefined;
  /** Which run of the project. Undefined: any. */
  readonly run?: Grade | undefined;
  /** One group is named; one project of some group is named: together they name a project. */
  readonly group?: boolean;
  readonly member?: boolean;
}

/** What one value of one claim says. */
export function readValue(text: string, { says, rules }: Claim, { group }: Provider): Reading {
  const rule = rules.find(([fits]) => fits.test(text));
  const open: Grade | undefined = rule && { reach: rule[1], reason: rule[2] };
  switch (says) {
    case 'workload':
      return { who: open ?? EXACT, run: EXACT };
    case 'project':
      return { who: open ?? EXACT };
    case 'group':
      return { who: open ?? group, group: open === undefined };
    case 'member':
      return { member: open === undefined };
    case 'run':
    default:
      return { run: open ?? EXACT };
  }
}

/**
 * A subject that is made of claims says all of them. Where a wildcard stands in the place of the first name, whoever signs
 * for another project may write what follows into it.
 */
export function readSubject(text: string, provider: Provider): Reading {
  const words = text.split(':');
  const parts = /^[*?]/.test(text)
    ? []
    : words.flatMap((word, index) => readPart(word, words.slice(index + 1), provider));
  const { sub } = provider.claims;
  return parts.length === 0 && sub ? readValue(text, sub, provider) : tightReading(parts);
}

function readPart(name: string, rest: readonly string[], provider: Provider): readonly Reading[] {
  const claim = name === 'sub' ? undefined : provider.claims[name];
  if (claim === undefined || (rest.length === 0 && name !== FLAG)) return [];
  return [readValue(rest.join(':'), claim, provider)];
}

/** The one part of a GitHub subject that has no value. */
const FLAG = 'pull_request';

/** All of the readings hold. */
export const tightReading = (readings: readonly Reading[]): Reading => {
  const both = readings.reduce<Reading>(
    (a, b) => ({
      who: tighter(a.who, b.who),
      run: tighter(a.run, b.run),
      group: a.group === true || b.group === true,
      member: a.member === true || b.member === true,
    }),
    {},
  );
  return both.group === true && both.member === true ? { ...both, who: EXACT } : both;
};

/** One of the readings holds: what one of them does not say is not said. */
export const looseReading = (readings: readonly Reading[]): Reading =>
  readings.length === 0 ? { who: EXACT, run: EXACT } : readings.reduce(looserReading);

const looserReading = (a: Reading, b: Reading): Reading => ({
  who: a.who && b.who && looserOf(a.who, b.who),
  run: a.run && b.run && looserOf(a.run, b.run),
  group: a.group === true && b.group === true,
  member: a.member === true && b.member === true,
});

/** How far all tests together reach: whose project, and when that is one, which of its runs. */
export function gradeOf(readings: readonly Reading[], { open, project }: Provider): Grade {
  const { who = open, run = project } = tightReading(readings);
  return who.reach === 'exact' ? run : who;
}
