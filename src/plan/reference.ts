import { decodeKey } from './address.ts';

/** A reference as the plan's `configuration` writes it: `aws_x.y[0].arn`, `module.m["k"].out`, `var.x`, `each.value.id`. */
export interface ParsedReference {
  readonly root: string;
  readonly steps: readonly (string | number)[];
}

const STEP = /\.([\p{ID_Start}_][\p{ID_Continue}-]*|\d+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]/uy;
const ROOT = /^[\p{ID_Start}_][\p{ID_Continue}-]*/u;

/** Parses a reference; steps that are not understood end it (what stands before them is still right). */
export function parseReference(text: string): ParsedReference {
  const root = ROOT.exec(text)?.[0] ?? '';
  const steps: (string | number)[] = [];
  STEP.lastIndex = root.length;
  for (let match = STEP.exec(text); match; match = STEP.exec(text)) {
    const [, name, number, key] = match;
    if (name !== undefined) steps.push(name);
    else steps.push(number === undefined ? decodeKey(key ?? '') : Number(number));
  }
  return { root, steps };
}
