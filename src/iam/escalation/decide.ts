import { and } from '../../aws/policy-document/ternary.ts';
import type { Ternary } from '../../aws/policy-document/ternary.ts';
import { reasonOf } from '../difference/reason.ts';
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

interface Heard {
  readonly layers: readonly (readonly Speaking[])[];
  readonly denies: readonly Speaking[];
}

/**
 * Decides requests about statements of one alphabet. What speaks of a request is found first, which is mostly little; the
 * exact answer hangs on nothing but the conditions of that, so the same statements are asked once.
 */
export function decider(symbols: Symbols): Decide {
  const answers = new Map<string, Answer>();
  const numbers = new Map<Ready, number>();
  const numberOf = ({ one }: Speaking): number => keeping(numbers, one, () => numbers.size);
  const exactly = ({ layers, denies }: Heard, unread: View['unread'], question: Question): Answer => {
    if (layers.some((layer) => layer.length === 0)) return unread[0] ? { kind: 'maybe', because: unread[0] } : NO;
    const plain = denies.length === 0 ? layers.map((layer) => layer.find(isPlain)?.one) : [];
    const [first] = plain;
    if (first && !plain.includes(undefined))
      return { kind: 'yes', statement: first.origin, condition: null, fixed: question.fixed, besides: {} };
    const fixed = tested(question.fixed, [...layers.flat(), ...denies]);
    const key = JSON.stringify([layers.map((layer) => layer.map(numberOf)), denies.map(numberOf), fixed]);
    const view: View = { layers: layers.map((layer) => layer.map(readyOf)), denies: denies.map(readyOf), unread };
    const answer = keeping(answers, key, () => askExactly(view, { ...question, fixed }));
    return answer.kind === 'yes' ? { ...answer, fixed: question.fixed } : answer;
  };
  return ({ layers, denies, unread }, question) => {
    const text = symbols.text(question.resource);
    const heard: Heard = {
      layers: layers.map((layer) => speaking(layer, question, text)),
      denies: speaking(denies, question, text),
    };
    const open = [...heard.layers.flat(), ...heard.denies].filter(({ says }) => says === 'maybe');
    if (open.length === 0) return exactly(heard, unread, question);
    // What may turn out to allow it does not count for sure, and what may turn out to deny it may turn out not to.
    const surely = exactly({ ...heard, layers: heard.layers.map(sure) }, unread, question);
    if (surely.kind === 'yes') return surely;
    const perhaps = exactly({ ...heard, denies: sure(heard.denies) }, unread, question);
    return perhaps.kind === 'yes'
      ? {
          kind: 'maybe',
          because: reasonOf(open.map(({ one }) => one.test)),
        }
      : perhaps;
  };
}

const readyOf = ({ one }: Speaking): Ready => one;

const sure = (all: readonly Speaking[]): readonly Speaking[] => all.filter(({ says }) => says === 'yes');

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
const isPlain = ({ one: { test } }: Speaking): boolean => !test.isOpen && test.conditions.length === 0;

/** The keys that statements test: no other can matter. */
function tested(fixed: Fixed, all: readonly Speaking[]): Fixed {
  const keys = new Set(all.flatMap(({ one: { test } }) => test.conditions.map(({ key }) => key)));
  return Object.fromEntries(Object.entries(fixed).filter(([key]) => keys.has(key.toLowerCase())));
}
