/** What a reader looks for: one value for each field of the form; several values of one field mean any of them. */
export type View = ReadonlyMap<string, readonly string[]>;

/** The view as it stands in the address, so that it can be shared: `q=ssh&severity=critical,high`. */
export const toHash = (view: View): string =>
  [...view]
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => `${name}=${values.map(encodeURIComponent).join(',')}`)
    .join('&');

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Reads an address; what is no field of the form is ignored by who applies it. */
export const fromHash = (hash: string): View =>
  new Map(
    hash
      .replace(/^#/, '')
      .split('&')
      .filter((part) => part.includes('='))
      .map((part) => {
        const at = part.indexOf('=');
        return [
          part.slice(0, at),
          part
            .slice(at + 1)
            .split(',')
            .filter(Boolean)
            .map(decoded),
        ] as const;
      }),
  );

/** What can be looked for in one finding: its fields, and all of its text in lower case. */
export interface Item {
  readonly fields: Readonly<Record<string, readonly string[]>>;
  readonly text: () => string;
}

/** True when an item has one of the values of every field that the view names, and all the words of `q`. */
export const matches = ({ fields, text }: Item, view: View): boolean =>
  [...view].every(([name, values]) => {
    if (values.length === 0) return true;
    if (name !== 'q') return values.some((value) => fields[name]?.includes(value));
    const words = values.join(',').toLowerCase().split(/\s+/).filter(Boolean);
    return words.every((word) => text().includes(word));
  });
