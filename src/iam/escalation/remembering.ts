/** The same function, with every answer found once and kept as long as its first argument. */
export function remembering<A extends object, B, T>(find: (a: A, b: B) => T): (a: A, b: B) => T {
  const known = new WeakMap<A, Map<B, T>>();
  return (a, b) => {
    const answers = known.get(a) ?? new Map<B, T>();
    known.set(a, answers);
    return keeping(answers, b, () => find(a, b));
  };
}

/** The answer that is known, else a new one to be kept. */
export function keeping<K, T>(answers: Map<K, T>, key: K, find: () => T): T {
  const known = answers.get(key);
  if (known !== undefined || answers.has(key)) return known as T;
  const answer = find();
  answers.set(key, answer);
  return answer;
}
