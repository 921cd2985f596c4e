import type { Severity } from '../finding/severity.ts';

/** `util.styleText` does the same, but `node:util` is a noticeable part of the start-up of a command this small. */
const SGR = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  cyan: [36, 39],
  inverse: [7, 27],
} as const;

export type Style = keyof typeof SGR;

/** Puts styles around one line of text. */
export type Paint = (text: string, ...styles: readonly Style[]) => string;

const paintStyle = (text: string, style: Style): string => `\u001b[${SGR[style][0]}m${text}\u001b[${SGR[style][1]}m`;

export const painter =
  (color: boolean): Paint =>
  (text, ...styles) =>
    color && text !== '' ? styles.reduce(paintStyle, text) : text;

export const SEVERITY_STYLES: Readonly<Record<Severity, readonly Style[]>> = {
  critical: ['bold', 'red', 'inverse'],
  high: ['bold', 'red'],
  medium: ['bold', 'yellow'],
  low: ['bold', 'blue'],
  info: ['dim'],
};
