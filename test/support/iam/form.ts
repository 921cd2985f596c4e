/** A value of the query protocol: text, a list or a structure. */
export type Form = string | Form[] | { [name: string]: Form };

type Tree = Map<string, Tree | string>;

function grow(tree: Tree, path: readonly string[], value: string): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    tree.set(name, value);
    return;
  }
  const branch = tree.get(name);
  const below: Tree = branch instanceof Map ? branch : new Map();
  tree.set(name, below);
  grow(below, rest, value);
}

/** The members of a list, which are numbered from 1 without a gap; throws otherwise. */
function toList(members: Tree | string): Form[] {
  if (typeof members === 'string') throw new Error('a list has no members');
  return Array.from({ length: members.size }, (_, index) => {
    const member = members.get(String(index + 1));
    if (member === undefined) throw new Error(`member ${index + 1} of a list is missing`);
    return toForm(member);
  });
}

function toForm(tree: Tree | string): Form {
  if (typeof tree === 'string') return tree;
  const members = tree.get('member');
  if (members !== undefined) return toList(members);
  return Object.fromEntries(Array.from(tree, ([name, value]) => [name, toForm(value)]));
}

/** `A.member.1.B=x` as `{ A: [{ B: 'x' }] }`. Throws what is wrong with the numbering of a list. */
export function parseForm(body: string): { [name: string]: Form } {
  const tree: Tree = new Map();
  for (const [path, value] of new URLSearchParams(body)) grow(tree, path.split('.'), value);
  return toForm(tree) as { [name: string]: Form };
}

export const textOf = (form: Form | undefined): string => (typeof form === 'string' ? form : '');

export const listOf = (form: Form | undefined): Form[] => (Array.isArray(form) ? form : []);

export const structureOf = (form: Form | undefined): { [name: string]: Form } =>
  typeof form === 'object' && !Array.isArray(form) ? form : {};
