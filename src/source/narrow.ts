import type { Location } from '../finding/finding.ts';
import { type Entry, literalsIn, type Region } from './block.ts';

export type Path = readonly (string | number)[];

export interface Search {
  /** Literals that stand at the wanted place. */
  readonly hints: readonly string[];
  /** What a reference like `data.aws_iam_policy_document.x.json` stands for, when that is in the same module. */
  resolve(reference: string): Region | undefined;
}

/** References are followed this far; a configuration may be hostile and refer to itself. */
const MAX_HOPS = 5;

/** Terraform keeps sets in an order of its own, so an index from the plan says nothing about these blocks. */
const UNORDERED = new Set(['ingress', 'egress']);

/** The words of a JSON policy document, as an `aws_iam_policy_document` spells them. */
const DOCUMENT_WORDS: Readonly<Record<string, string>> = {
  Statement: 'statement',
  Sid: 'sid',
  Effect: 'effect',
  Action: 'actions',
  NotAction: 'not_actions',
  Resource: 'resources',
  NotResource: 'not_resources',
  Principal: 'principals',
  NotPrincipal: 'not_principals',
  Condition: 'condition',
};

/** The lines of the smallest part of a region that a path and the hints lead to. */
export function narrow(region: Region, path: Path, search: Search, hops = MAX_HOPS): Location {
  const [step, ...rest] = path;
  if (step === undefined) return refine(region, search, hops);
  if (typeof step === 'number') return narrowItems(region, step, rest, search, hops);
  const found = entriesNamed(region, step);
  if (found.length > 0) return narrowEntries(found, rest, search, hops);
  const elsewhere = referred(region, search, hops);
  return elsewhere ? narrow(elsewhere, path, search, hops - 1) : region.location;
}

function narrowItems(region: Region, index: number, rest: Path, search: Search, hops: number): Location {
  if (region.items.length > 0) return narrowOneOf(region.items, index, rest, search, hops);
  if (isBlockLike(region)) return narrow(region, rest, search, hops);
  const elsewhere = referred(region, search, hops);
  return elsewhere ? narrow(elsewhere, [index, ...rest], search, hops - 1) : refine(region, search, hops);
}

/** The same name may stand here once (an attribute, a block) or several times (blocks of a list or a set). */
function narrowEntries(found: readonly Entry[], path: Path, search: Search, hops: number): Location {
  const regions = found.map((entry) => entry.region);
  const [only] = regions;
  const [step, ...rest] = path;
  if (only && regions.length === 1 && typeof step !== 'number') return narrow(only, path, search, hops);
  const items = only && regions.length === 1 ? only.items : regions;
  if (only && items.length === 0) return narrow(only, path, search, hops);
  const index = typeof step === 'number' && !UNORDERED.has(found[0]?.name ?? '') ? step : undefined;
  return narrowOneOf(items, index, typeof step === 'number' ? rest : path, search, hops);
}

/** Goes on in the part that is meant; when it cannot be told from others, all of those are the place. */
function narrowOneOf(
  regions: readonly Region[],
  index: number | undefined,
  rest: Path,
  search: Search,
  hops: number,
): Location {
  const chosen = choose(regions, index, search);
  const [first, ...others] = chosen;
  if (first && others.length === 0) return narrow(first, rest, search, hops);
  return spanOf(chosen);
}

/** From the first to the last of some regions of one block. */
function spanOf(regions: readonly Region[]): Location {
  const locations = regions.map((region) => region.location);
  const path = locations[0]?.path ?? '';
  const inOneFile = locations.filter((location) => location.path === path);
  return {
    path,
    startLine: Math.min(...inOneFile.map((location) => location.startLine)),
    endLine: Math.max(...inOneFile.map((location) => location.endLine)),
  };
}

/** A single block, or one object where a list of them may stand: an index leads to itself. */
const isBlockLike = (region: Region): boolean => region.items.length === 0 && region.entries.length > 0;

function entriesNamed(region: Region, name: string): readonly Entry[] {
  const exact = region.entries.filter((entry) => entry.name === name);
  return exact.length > 0 ? exact : region.entries.filter((entry) => entry.name === DOCUMENT_WORDS[name]);
}

/** The parts that may be meant: those in which most hints stand; among equals the index decides, if it can be trusted. */
function choose(regions: readonly Region[], index: number | undefined, search: Search): readonly Region[] {
  const best = bestMatches(regions, search);
  const candidates = best.length > 0 ? best : regions;
  const indexed = index === undefined ? undefined : regions[index];
  return indexed && candidates.length > 1 && candidates.includes(indexed) ? [indexed] : candidates;
}

function bestMatches(regions: readonly Region[], { hints }: Search): Region[] {
  const scores = regions.map((region) => score(literalsIn(region), hints));
  const highest = Math.max(0, ...scores);
  return highest === 0 ? [] : regions.filter((_, position) => scores[position] === highest);
}

/** A literal that is the hint counts more than one that contains it (a part of a template, a document in a string). */
const score = (literals: readonly string[], hints: readonly string[]): number =>
  hints.reduce(
    (sum, hint) => sum + (literals.includes(hint) ? 3 : literals.some((text) => contains(text, hint)) ? 1 : 0),
    0,
  );

const contains = (text: string, hint: string): boolean => hint.length >= 4 && text.includes(hint);

/** Goes on while the hints stand in exactly one part; a statement of a policy document is small enough. */
function refine(region: Region, search: Search, hops: number): Location {
  if (search.hints.length === 0 || isStatement(region)) return region.location;
  const parts = [...region.entries.map((entry) => entry.region), ...region.items];
  const best = bestMatches(parts, search);
  const [part] = best;
  if (part && best.length === 1) return refine(part, search, hops);
  const elsewhere = parts.length === 0 ? referred(region, search, hops) : undefined;
  const there = elsewhere && bestMatches([elsewhere], search).length > 0;
  return there ? refine(elsewhere, search, hops - 1) : region.location;
}

const isStatement = ({ entries }: Region): boolean => {
  const names = new Set(entries.map((entry) => entry.name.toLowerCase()));
  return !names.has('statement') && ['action', 'actions', 'notaction', 'not_actions'].some((name) => names.has(name));
};

const referred = (region: Region, search: Search, hops: number): Region | undefined =>
  hops > 0 && region.reference !== null ? search.resolve(region.reference) : undefined;
