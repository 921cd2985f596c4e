/**
 * The strictest schema that readers of JUnit XML hold it against: `junit-10.xsd` of Jenkins' xUnit plug-in
 * (https://github.com/jenkinsci/xunit-plugin), as far as we write what it knows.
 */
interface Shape {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly children: readonly string[];
  readonly text: boolean;
}

const COUNTS = ['tests', 'failures', 'errors'];

const SHAPES: Readonly<Record<string, Shape>> = {
  testsuites: { required: [], optional: ['name', 'time', ...COUNTS], children: ['testsuite'], text: false },
  testsuite: { required: ['name', ...COUNTS], optional: ['time', 'skipped'], children: ['testcase'], text: false },
  testcase: {
    required: ['name'],
    optional: ['time', 'classname'],
    children: ['skipped', 'failure', 'error', 'system-out'],
    text: false,
  },
  failure: { required: [], optional: ['message', 'type'], children: [], text: true },
  skipped: { required: [], optional: ['message', 'type'], children: [], text: true },
  'system-out': { required: [], optional: [], children: [], text: true },
};

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** What XML 1.0 calls a character. */
const CHARACTERS = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;

function unescape(text: string): string {
  if (/[<>"]|&(?!(?:amp|lt|gt|quot|#39);)/.test(text)) throw new Error(`not escaped: ${text}`);
  return text.replaceAll(/&([^;]+);/g, (_, name: string) => ENTITIES[name] ?? '');
}

/** Reads XML of elements, attributes in double quotes and text; throws where it is not well-formed. */
export function parseXml(xml: string): Element {
  if (!CHARACTERS.test(xml)) throw new Error('a character that XML forbids');
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const body = xml.replace('<?xml version="1.0" encoding="UTF-8"?>\n', '');
  for (const part of body.split(/(<[^>]*>)/)) {
    const parent = open.at(-1);
    if (parent === undefined) throw new Error('more is closed than open');
    const [, close, name = '', attributes = '', alone] =
      /^<(\/?)([a-z-]+)((?: [a-z]+="[^"]*")*)(\/?)>$/.exec(part) ?? [];
    if (name === '') {
      parent.text += unescape(part);
    } else if (close === '/') {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes another element`);
    } else {
      const pairs = Array.from(attributes.matchAll(/ ([a-z]+)="([^"]*)"/g), ([, key = '', value = '']) => [
        key,
        unescape(value),
      ]);
      if (new Set(pairs.map(([key]) => key)).size !== pairs.length)
        throw new Error(`twice the same attribute: ${part}`);
      const element: Element = { name, attributes: Object.fromEntries(pairs), children: [], text: '' };
      parent.children.push(element);
      if (alone === '') open.push(element);
    }
  }
  const [only] = root.children;
  if (open.length !== 1 || only === undefined || root.children.length !== 1) throw new Error('not one whole element');
  return only;
}

function errorsIn({ name, attributes, children, text }: Element): string[] {
  const shape = SHAPES[name];
  if (shape === undefined) return [`<${name}> is not known`];
  const names = Object.keys(attributes);
  return [
    ...shape.required.filter((one) => !names.includes(one)).map((one) => `<${name}> has no ${one}`),
    ...names
      .filter((one) => ![...shape.required, ...shape.optional].includes(one))
      .map((one) => `<${name}> has ${one}`),
    ...children.filter((child) => !shape.children.includes(child.name)).map((child) => `<${child.name}> in <${name}>`),
    ...(!shape.text && text.trim() !== '' ? [`text in <${name}>`] : []),
    ...(name.startsWith('testsuite') ? countErrors({ name, attributes, children, text }) : []),
    ...children.flatMap(errorsIn),
  ];
}

const casesOf = (element: Element): Element[] =>
  element.name === 'testcase' ? [element] : element.children.flatMap(casesOf);

function countErrors(element: Element): string[] {
  const cases = casesOf(element);
  const having = (name: string): number =>
    cases.filter(({ children }) => children.some((one) => one.name === name)).length;
  const counts = { tests: cases.length, failures: having('failure'), skipped: having('skipped'), errors: 0 };
  return Object.entries(counts)
    .filter(([name, number]) => (element.attributes[name] ?? String(number)) !== String(number))
    .map(([name, number]) => `<${element.name}> counts ${element.attributes[name]} ${name}, there are ${number}`);
}

/** What is wrong with a JUnit file; nothing when every reader can read it. */
export function junitErrors(xml: string): string[] {
  const root = parseXml(xml);
  return [...(root.name === 'testsuites' ? [] : [`<${root.name}> is the root`]), ...errorsIn(root)];
}
