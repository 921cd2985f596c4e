import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { readParserFile } from './parser-files.ts';

/** `@cdktf/hcl2json`, which is HashiCorp's own HCL parser: strict, without lines. Calls answer at once. */
export interface Hcl2json {
  /** The syntax tree of one expression as JSON text. @throws Error with HCL's message. */
  expressionAst(text: string): string;
  /** The content of a file as JSON text. @throws Error with HCL's message, which names the line. */
  parse(path: string, text: string): string;
}

type Callback = (error: string | null, json: string) => void;
type Bridge = Readonly<Record<string, (file: string, text: string, done: Callback) => void>>;

interface GoRuntime {
  exit: (code: number) => void;
  readonly importObject: object;
  run(instance: object): Promise<void>;
}

interface GoGlobals {
  Go?: new () => GoRuntime;
  fs?: unknown;
  __parse_terraform_config_wasm__?: Bridge;
}

/** Node has it, but its type is only in TypeScript's library for browsers. */
declare const WebAssembly: {
  instantiate(binary: Uint8Array, imports: object): Promise<{ readonly instance: object }>;
};

const globals = globalThis as GoGlobals;

let loading: Promise<Hcl2json> | undefined;

/** Loads the parser once (about 100 ms). It does not keep the process alive. */
export const loadHcl2json = (): Promise<Hcl2json> => (loading ??= load());

/**
 * The package's own loader finds its binary through `__dirname`, which no ESM bundle has, ends the process when that
 * fails, and leaves globals behind. So the binary is started here.
 */
async function load(): Promise<Hcl2json> {
  const restore = lendGlobals();
  try {
    const bridge = await start(await promisify(gunzip)(await readParserFile('main.wasm.gz')));
    return {
      expressionAst: (text) => call(bridge, 'getExpressionAst', 'expression', text),
      parse: (path, text) => call(bridge, 'parse', path, text),
    };
  } finally {
    restore();
  }
}

async function start(binary: Uint8Array): Promise<Bridge> {
  await import('@cdktf/hcl2json/wasm/wasm_exec.js');
  if (!globals.Go) throw new Error('The Go runtime of @cdktf/hcl2json did not load.');
  const go = new globals.Go();
  go.exit = () => undefined;
  const bridge: Bridge = {};
  globals.__parse_terraform_config_wasm__ = bridge;
  const { instance } = await WebAssembly.instantiate(binary, go.importObject);
  go.run(instance).catch(() => undefined);
  return bridge;
}

/** Go answers before it returns, so the answer can be handed on at once. */
function call(bridge: Bridge, name: string, file: string, text: string): string {
  const restore = lendGlobals();
  let answer: { error: string | null; json: string } | undefined;
  try {
    bridge[name]?.(file, text, (error, json) => (answer = { error, json }));
  } finally {
    restore();
  }
  if (!answer) throw new Error('The HCL parser gave no answer.');
  if (answer.error) throw new Error(answer.error);
  return answer.json;
}

/** Go takes what it finds as `globalThis.fs` for its standard streams; this one swallows the dump of a crash. */
const SILENT_FS = {
  constants: { O_WRONLY: -1, O_RDWR: -1, O_CREAT: -1, O_TRUNC: -1, O_APPEND: -1, O_EXCL: -1, O_DIRECTORY: -1 },
  writeSync: (_descriptor: number, bytes: Uint8Array) => bytes.length,
};

const LENT = ['fs', 'Go', '__parse_terraform_config_wasm__'] as const;

/** Sets the globals that Go needs; the returned function puts back what was there. */
function lendGlobals(): () => void {
  const before = LENT.map((name) => Object.getOwnPropertyDescriptor(globals, name));
  globals.fs = SILENT_FS;
  return () => LENT.forEach((name, index) => restoreProperty(name, before[index]));
}

function restoreProperty(name: (typeof LENT)[number], before: PropertyDescriptor | undefined): void {
  delete globals[name];
  if (before) Object.defineProperty(globals, name, before);
}
