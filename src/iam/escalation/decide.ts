import { and } from '../../aws/policy-document/ternary.ts';
import type { Ternary } from '../../aws/policy-document/ternary.ts';
import { principalsMatch } from '../match/principal.ts';
import type { Symbols } from '../match/symbols.ts';
import { NO } from './answer.ts';
import type { Answer, Question, Ready, View } from './answer.ts';
import { askExactly } from './exactly.ts';
import type { Fixed } from './identity.ts';
import { keeping } from './remembering.ts';

export type Decide = (view: View, question: Question) => Answer;

/** A statement that speaks of a request, and whether it surely does. */
interface Speaking {
  readonly one: Ready;
  readonly says: Ternary;
}

/**
 * Decides requests about statements of one alphabet. What speaks of a request is found first, which is mostly little; the
 * exact answer hangs on nothing but the conditions of that, so the same statements are asked once.
 */
export function decider(symbols: Symbols): Decide {
  const answers = new Map<string, Answer>();
  const numbers = new Map<Ready, number>();
  const numberOf = ({ one }: Speaking): number => keeping(numbers, one, () => numbers.size);
  return ({ layers, denies, unread }, question) => {
    const text = symbols.text(question.resource);
    const near = layers.map((layer) => speaking(layer, question, text));
    if (near.some((layer) => layer.length === 0)) return unread[0] ? { kind: 'maybe', because: unread[0] } : NO;
    const against = speaking(denies, question, text);
    const plain = against.length === 0 ? near.map((layer) => layer.find(isPlain)?.one) : [];
    const [first] = plain;
    if (first && !plain.includes(undefined))
      return { kind: 'yes', statement: first.origin, condition: null, fixed: question.fixed, besides: {} };
    const all = [...near.flat(), ...against];
    const fixed = tested(question.fixed, all);
    const isOpen = all.some(({ says }) => says === 'maybe');
    const key = JSON.stringify([
      near.map((layer) => layer.map(numberOf)),
      against.map(numberOf),
      fixed,
      isOpen ? [question.action, question.resource, question.principal] : null,
    ]);
    const view: View = { layers: near.map((layer) => layer.map(readyOf)), denies: against.map(readyOf), unread };
    const answer = keeping(answers, key, () => askExactly(view, { ...question, fixed }, isOpen));
    return answer.kind === 'yes' ? { ...answer, fixed: question.fixed } : answer;
  };
}

const readyOf = ({ one }: Speaking): Ready => one;

const speaking = (all: readonly Ready[], question: Question, text: string): readonly Speaking[] =>
  all.flatMap((one): readonly Speaking[] => {
    const says = speaks(one, question, text);
    return says === 'no' ? [] : [{ one, says }];
  });

/** Whether a statement speaks of a request, whatever its conditions say. */
function speaks({ test }: Ready, { action, principal }: Question, text: string): Ternary {
  const resources = test.resources.matches(text);
  if (resources === 'no') return 'no';
  const { principals, effect } = test.statement;
  return and(
    resources,
    test.actions.matches(action),
    principal ? principalsMatch(principals, principal, effect) : 'yes',
  );
}

/** True for a statement that allows the request whatever else is in it. */
const isPlain = ({ one: { test }, says }: Speaking): boolean =>
  says === 'yes' && !test.isOpen && test.conditions.length === 0;

/** The keys that statements test: no other can matter. */
function tested(fixed: Fixed, all: readonly Speaking[]): Fixed {
  const keys = new Set(all.flatMap(({ one: { test } }) => test.conditions.map(({ key }) => key)));
  return Object.fromEntries(Object.entries(fixed).filter(([key]) => keys.has(key.toLowerCase())));
}
