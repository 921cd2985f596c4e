/**
 * Search and filters of the page. Everything is readable without it: it only hides what is not asked for, and keeps what
 * is asked for in the address.
 */
import { fromHash, type Item, matches, toHash, type View } from './view.ts';

const FIELDS = ['severity', 'status', 'policy', 'module', 'checklist', 'plan'];
const THEME = 'planwarden-theme';
const THEMES = ['auto', 'light', 'dark'];

const all = <T extends Element>(selector: string, within: ParentNode = document): T[] => [
  ...within.querySelectorAll<T>(selector),
];
const one = (selector: string): HTMLElement | null => document.querySelector<HTMLElement>(selector);

/** A page from a file has no storage in some browsers. */
const stored = (): string | null => {
  try {
    return localStorage.getItem(THEME);
  } catch {
    return null;
  }
};

function setTheme(theme: string): void {
  document.documentElement.dataset['theme'] = theme;
  const label = one('#theme span');
  if (label) label.textContent = theme;
}

function nextTheme(): void {
  const now = document.documentElement.dataset['theme'] ?? 'auto';
  const theme = THEMES[(THEMES.indexOf(now) + 1) % THEMES.length] ?? 'auto';
  setTheme(theme);
  try {
    localStorage.setItem(THEME, theme);
  } catch {
    // Then the choice holds until the page is closed.
  }
}

const listOf = (text: string | undefined): readonly string[] => (text ? (JSON.parse(text) as string[]) : []);

function toItem(element: HTMLElement): Item {
  let text: string | undefined;
  return {
    fields: Object.fromEntries(FIELDS.map((name) => [name, listOf(element.dataset[name])])),
    text: () => (text ??= (element.textContent ?? '').toLowerCase()),
  };
}

type Control = HTMLInputElement | HTMLSelectElement;

/** The fields of the form as a view, and back. */
function viewOf(controls: readonly Control[]): View {
  const view = new Map<string, string[]>();
  for (const control of controls) {
    const isOn = control.type !== 'checkbox' || control.checked;
    if (isOn && control.value !== '') view.set(control.name, [...(view.get(control.name) ?? []), control.value]);
  }
  return view;
}

function fill(controls: readonly Control[], view: View): void {
  for (const control of controls) {
    const values = view.get(control.name) ?? [];
    if (control.type === 'checkbox') control.checked = values.includes(control.value);
    else control.value = values.join(',');
  }
}

function start(): void {
  const controls = all<Control>('input, select');
  const findings = all<HTMLDetailsElement>('details.finding').map((element) => ({ element, item: toItem(element) }));
  const sections = all<HTMLElement>('section[data-group]');
  const shown = one('#shown');
  const empty = one('#empty');
  const total = findings.reduce((sum, { element }) => sum + Number(element.dataset['count']), 0);

  function apply(view: View): void {
    let count = 0;
    for (const { element, item } of findings) {
      element.hidden = !matches(item, view);
      if (!element.hidden) count += Number(element.dataset['count']);
    }
    for (const section of sections) section.hidden = section.querySelector('details.finding:not([hidden])') === null;
    if (shown) shown.textContent = count === total ? `All ${total} shown` : `${count} of ${total} shown`;
    if (empty) empty.hidden = count > 0;
  }

  function changed(): void {
    const view = viewOf(controls);
    apply(view);
    history.replaceState(null, '', `#${toHash(view)}`);
  }

  function show(view: View): void {
    fill(controls, view);
    apply(viewOf(controls));
  }

  /** The address names a view, or one finding, which must then be seen. */
  function follow(): void {
    const target = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
    if (target === null) {
      show(fromHash(location.hash));
      return;
    }
    apply(viewOf(controls));
    if (target.closest('[hidden]')) show(new Map());
    if (target instanceof HTMLDetailsElement) target.open = true;
    target.scrollIntoView();
  }

  function openAll(open: boolean): void {
    for (const { element } of findings) if (!element.hidden) element.open = open;
  }

  for (const control of controls) control.disabled = false;
  for (const element of all<HTMLElement>('[data-live]')) element.hidden = false;
  document.addEventListener('input', changed);
  one('#theme')?.addEventListener('click', nextTheme);
  one('#open')?.addEventListener('click', () => openAll(true));
  one('#close')?.addEventListener('click', () => openAll(false));
  one('#clear')?.addEventListener('click', () => {
    fill(controls, new Map());
    changed();
    one('#q')?.focus();
  });
  for (const link of all<HTMLAnchorElement>('a[data-view]')) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      show(fromHash(link.dataset['view'] ?? ''));
      changed();
      one('#findings')?.focus();
    });
  }
  document.addEventListener('keydown', (event) => {
    const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    one('#q')?.focus();
  });
  addEventListener('hashchange', follow);
  setTheme(document.documentElement.dataset['theme'] ?? 'auto');
  follow();
}

setTheme(stored() ?? 'auto');
document.addEventListener('DOMContentLoaded', start);
