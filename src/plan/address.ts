import { UserError } from '../text/user-error.ts';

/** Key of one instance: a number for `count`, a decoded string for `for_each`, `*` when a deferred change has no key yet. */
export type InstanceKey = number | string;

export interface ModuleStep {
  readonly name: string;
  readonly key: InstanceKey | undefined;
}

export interface Address {
  readonly modules: readonly ModuleStep[];
  readonly mode: 'managed' | 'data' | 'ephemeral';
  readonly type: string;
  readonly name: string;
  readonly key: InstanceKey | undefined;
}

const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const NUMBER_KEY = /\[(\d+)\]/y;
const STRING_KEY = /\["((?:[^"\\]|\\.)*)"\]/suy;
const ESCAPES = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))|\$\$\{|%%\{/gsu;
const SIMPLE_ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** Turns the text between the quotes of a key into the key itself, in one pass from left to right (plan-format 5). */
export const decodeKey = (text: string): string =>
  text.replace(ESCAPES, (whole, u4?: string, u8?: string, simple?: string) => {
    const code = u4 ?? u8;
    if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
    if (simple !== undefined) return SIMPLE_ESCAPES[simple] ?? simple;
    return whole.slice(1);
  });

/** Reads an address from left to right; every method either moves forward or says what it expected. */
class AddressReader {
  private position = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get done(): boolean {
    return this.position === this.text.length;
  }

  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.text);
    if (match) this.position = pattern.lastIndex;
    return match;
  }

  accept(literal: string): boolean {
    const found = this.text.startsWith(literal, this.position);
    if (found) this.position += literal.length;
    return found;
  }

  expect(literal: string): void {
    if (!this.accept(literal)) this.fail(`"${literal}"`);
  }

  identifier(): string {
    return this.take(IDENTIFIER)?.[0] ?? this.fail('a name');
  }

  key(): InstanceKey | undefined {
    const number = this.take(NUMBER_KEY);
    if (number?.[1] !== undefined) return Number(number[1]);
    const string = this.take(STRING_KEY);
    if (string?.[1] !== undefined) return decodeKey(string[1]);
    return this.accept('[*]') ? '*' : undefined;
  }

  fail(expected: string): never {
    throw new UserError(
      `The plan holds an address that cannot be read (expected ${expected} at character ${this.position + 1}): ${JSON.stringify(this.text)}. Make the plan JSON again with \`terraform show -json\`.`,
    );
  }
}

function readModules(reader: AddressReader): ModuleStep[] {
  const modules: ModuleStep[] = [];
  while (reader.accept('module.')) {
    modules.push({ name: reader.identifier(), key: reader.key() });
    if (!reader.accept('.')) break;
  }
  return modules;
}

/**
 * Parses an absolute resource instance address such as `module.m["a.b"].data.aws_iam_policy_document.x[0]`.
 * @throws UserError when the text is not an address.
 */
export function parseAddress(text: string): Address {
  const reader = new AddressReader(text);
  const modules = readModules(reader);
  const mode = reader.accept('data.') ? 'data' : reader.accept('ephemeral.') ? 'ephemeral' : 'managed';
  const type = reader.identifier();
  reader.expect('.');
  const address = { modules, mode, type, name: reader.identifier(), key: reader.key() } as const;
  if (!reader.done) reader.fail('the end');
  return address;
}

/** Parses `module.a["k"].module.b`; the empty text is the root module. */
export function parseModuleAddress(text: string): readonly ModuleStep[] {
  const reader = new AddressReader(text);
  const modules = readModules(reader);
  if (!reader.done) reader.fail('the end');
  return modules;
}
