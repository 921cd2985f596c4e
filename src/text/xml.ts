import { MAX_LENGTH, visible } from './visible.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** U+FFFE and U+FFFF are no characters of XML 1.0; controls and lone surrogates are spelt out by `visible` already. */
const FORBIDDEN = /[\uFFFE\uFFFF]/g;

/** One line of text for XML 1.0, in content or in a quoted attribute; the runner may read it in a log. */
export const escapeXml = (text: string, max = MAX_LENGTH): string =>
  visible(text, max)
    .replaceAll('##[', '##\\[')
    .replace(FORBIDDEN, '\uFFFD')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
