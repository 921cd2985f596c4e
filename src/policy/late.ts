import type { Policy } from './policy.ts';
import { once } from './prepare.ts';

/** What every review asks of every policy. */
export const HEAD = [
  'id',
  'severity',
  'subject',
  'profile',
  'created',
  'related',
  'on',
  'concern',
  'rank',
] as const satisfies readonly (keyof Policy)[];

export type Head = Pick<Policy, (typeof HEAD)[number]>;
export type Rest = Omit<Policy, keyof Head>;

/** Names the keys of the rest, so that a key that a policy gets is not forgotten here. */
const REST = Object.keys({
  file: true,
  title: true,
  severities: true,
  bad: true,
  message: true,
  evidence: true,
  quiet: true,
  why: true,
  fix: true,
  repair: true,
  references: true,
  seeds: true,
  examples: true,
  onlyChanges: true,
} satisfies Record<keyof Rest, true>) as (keyof Rest)[];

interface Late extends Head {
  readonly rest: () => Rest;
}

const ACCESSORS: PropertyDescriptorMap = Object.fromEntries(
  REST.map((key) => [
    key,
    {
      get(this: Late) {
        return this.rest()[key];
      },
    },
  ]),
);

const LATE: object = Object.defineProperties({}, ACCESSORS);

/**
 * A policy of which only the head is read at first: a review asks few of the hundreds for more.
 * @param text the rest as JSON
 */
export const late = (head: Head, text: string): Policy =>
  Object.assign(Object.create(LATE) as Policy, head, { rest: once(() => JSON.parse(text) as Rest) });

/** A policy that says something otherwise; nothing else of it is read. */
export const varied = (policy: Policy, otherwise: Partial<Policy>): Policy =>
  Object.create(policy, Object.getOwnPropertyDescriptors(otherwise)) as Policy;
