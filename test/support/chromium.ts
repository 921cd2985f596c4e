/**
 * A real Chromium for tests of pages, spoken to through its DevTools protocol over a pipe: no port, no driver library
 * (https://chromedevtools.github.io/devtools-protocol/).
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Undefined where there is none. */
export const CHROMIUM = PLACES.find(existsSync);

/** For the name of a test that needs it. */
export const NO_CHROMIUM = 'skipped, because Chromium is missing: apt-get install chromium';

type Fields = Readonly<Record<string, unknown>>;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Fields;
  readonly result?: Fields;
  readonly error?: { readonly message: string };
}

export interface Tab {
  /** One command of the protocol. @throws Error with what Chromium answers */
  send(method: string, params?: Fields): Promise<Fields>;
  /** The value of an expression in the page. */
  evaluate(expression: string): Promise<unknown>;
  /** Opens a file and waits until it is loaded. */
  open(url: string): Promise<void>;
  /** Presses and releases a key, as a person would. */
  press(key: string, text?: string, modifiers?: number): Promise<void>;
  /** URLs of everything that the page asked for. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** Notes what the content security policy stops, from before the page begins. */
const WATCH = `window.violations = []; document.addEventListener('securitypolicyviolation',
  (event) => window.violations.push(event.violatedDirective + ' ' + event.blockedURI));`;

const KEY_CODES: Readonly<Record<string, number>> = { Tab: 9, Enter: 13, ' ': 32, ArrowDown: 40 };

/** Starts Chromium with an empty profile and one tab. */
export async function openTab(): Promise<Tab> {
  if (CHROMIUM === undefined) throw new Error(NO_CHROMIUM);
  const profile = mkdtempSync(join(tmpdir(), 'planwarden-chromium-'));
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--remote-debugging-pipe',
    `--user-data-dir=${profile}`,
  ];
  const child = spawn(CHROMIUM, [...flags, 'about:blank'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const [input, output] = [child.stdio[3] as Writable, child.stdio[4] as Readable];
  const waiting = new Map<number, (message: Message) => void>();
  const events = new Map<string, () => void>();
  const requests: string[] = [];
  let [last, rest] = [0, ''];

  function receive(message: Message): void {
    if (message.id !== undefined) waiting.get(message.id)?.(message);
    if (message.method === 'Network.requestWillBeSent')
      requests.push((message.params as { readonly request: { readonly url: string } }).request.url);
    if (message.method !== undefined) events.get(message.method)?.();
  }
  output.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\0');
    rest = parts.pop() ?? '';
    for (const part of parts) receive(JSON.parse(part) as Message);
  });

  const command = (method: string, params: Fields = {}, sessionId?: unknown): Promise<Fields> =>
    new Promise((resolve, reject) => {
      const id = (last += 1);
      waiting.set(id, ({ result = {}, error }) =>
        error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result),
      );
      input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });

  const { targetId } = await command('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await command('Target.attachToTarget', { targetId, flatten: true });
  const send = (method: string, params: Fields = {}): Promise<Fields> => command(method, params, sessionId);
  for (const domain of ['Page', 'Network', 'Runtime']) await send(`${domain}.enable`);
  await send('Page.addScriptToEvaluateOnNewDocument', { source: WATCH });
  return {
    send,
    requests,
    async evaluate(expression) {
      const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, returnByValue: true });
      if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
      return (result as { value?: unknown }).value;
    },
    async open(url) {
      const loaded = new Promise<void>((resolve) => events.set('Page.loadEventFired', resolve));
      await send('Page.navigate', { url });
      await loaded;
    },
    async press(key, text = key.length === 1 ? key : '', modifiers = 0) {
      const windowsVirtualKeyCode = KEY_CODES[key] ?? key.toUpperCase().charCodeAt(0);
      const event = { key, modifiers, windowsVirtualKeyCode };
      await send('Input.dispatchKeyEvent', { type: text === '' ? 'rawKeyDown' : 'keyDown', text, ...event });
      await send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
    },
    async close() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      await command('Browser.close').catch(() => child.kill());
      await gone;
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
