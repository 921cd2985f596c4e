import type { Value } from '../../plan/value.ts';
import type { Fact, Facts } from '../subject.ts';

/** Facts that are read when an expression asks for them. */
export const lazily = (read: (key: string) => Fact): Facts =>
  new Proxy<Record<string, Value>>(
    {},
    {
      get: (_, key) => (typeof key === 'string' ? read(key) : undefined),
      getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }),
    },
  );
