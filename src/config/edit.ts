import { isCollection, isMap, isNode, isScalar, isSeq, parseDocument, stringify } from 'yaml';
import type { Waiver } from '../finding/finding.ts';

const NO_WRAP = { lineWidth: 0 };

const indented = (text: string, indent: number): string => text.replaceAll(/^(?=.)/gm, ' '.repeat(indent));

const endsLine = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

/** Where the line ends that holds a place of the text. */
function endOfLine(text: string, place: number): number {
  const end = text.indexOf('\n', place);
  return end < 0 ? text.length : end + 1;
}

/**
 * The text of a configuration with one more waiver at the end of its list. All other lines stay as they are, apart from
 * a list or a file in `{}` or `[]`, which has to be written anew.
 * @param text a configuration that can be parsed
 */
export function withWaiver(text: string, waiver: Waiver): string {
  const document = parseDocument(text);
  const list: unknown = document.get('waivers', true);
  const item = stringify([waiver], NO_WRAP);
  if (isSeq(list) && list.flow !== true && list.range && list.items.length > 0) {
    const whole = endsLine(text);
    const last: unknown = list.items.at(-1);
    // An item that is a map ends behind its last line break.
    const end = isNode(last) && last.range ? last.range[1] : list.range[1];
    const place = whole[end - 1] === '\n' ? end : endOfLine(whole, end);
    const indent = list.range[0] - (whole.lastIndexOf('\n', list.range[0] - 1) + 1);
    return whole.slice(0, place) + indented(item, indent) + whole.slice(place);
  }
  const isFlow = isCollection(document.contents) && document.contents.flow === true;
  const isEmpty = document.contents === null || isScalar(document.contents);
  if (isEmpty || (isMap(document.contents) && !isFlow && !document.has('waivers')))
    return `${endsLine(text)}waivers:\n${indented(item, 2)}`;
  if (isSeq(list)) list.flow = false;
  if (isSeq(list)) list.add(document.createNode(waiver));
  else document.set('waivers', [waiver]);
  return document.toString(NO_WRAP);
}
