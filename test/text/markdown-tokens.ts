import { parse, postprocess, preprocess } from 'micromark';
import { gfm } from 'micromark-extension-gfm';

export interface MarkdownToken {
  readonly type: string;
  readonly text: string;
}

/** The tokens a GFM parser finds in a document, in order. */
export function markdownTokens(markdown: string): MarkdownToken[] {
  const document = parse({ extensions: [gfm()] }).document();
  const events = postprocess(document.write(preprocess()(markdown, 'utf8', true)));
  return events
    .filter(([kind]) => kind === 'enter')
    .map(([, token, context]) => ({ type: token.type, text: context.sliceSerialize(token) }));
}

export const tokensOf = (markdown: string, ...types: readonly string[]): string[] =>
  markdownTokens(markdown)
    .filter((token) => types.includes(token.type))
    .map((token) => token.text);
