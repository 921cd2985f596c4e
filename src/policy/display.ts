import { isUnknown } from '../plan/value.ts';
import { HIDDEN } from './activation.ts';
import { HiddenRead, Holder, UnknownRead, View } from './view.ts';

const NOT_KNOWN = '(known after apply)';
const NOT_SHOWN = '(sensitive)';

/** Result of an expression as a reader sees it. Never shows what was hidden, and never fails. */
export function display(value: unknown): string {
  if (value === HIDDEN) return NOT_SHOWN;
  if (isUnknown(value)) return NOT_KNOWN;
  if (value === null || value === undefined) return '(not set)';
  if (value instanceof Holder) return value.value.toString();
  if (Array.isArray(value)) return displayList(value);
  if (value instanceof View)
    return `{${[...value.keys()].map((key) => `${key}: ${guarded(() => value.get(key))}`).join(', ')}}`;
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : `${value as bigint | number | boolean}`;
}

/** Elements may throw when they are read, so they are read one by one. */
const displayList = (list: readonly unknown[]): string =>
  Array.from({ length: list.length }, (_, index) => guarded(() => list[index])).join(', ') || '(none)';

function guarded(read: () => unknown): string {
  try {
    return display(read());
  } catch (error) {
    if (error instanceof UnknownRead) return NOT_KNOWN;
    if (error instanceof HiddenRead) return NOT_SHOWN;
    throw error;
  }
}
