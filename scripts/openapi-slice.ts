/**
 * Cuts the slice of GitHub's OpenAPI description that the fake GitHub of the tests validates against, and writes it to
 * test/support/github/. Run it with `node scripts/openapi-slice.ts` after a change of VERSION or OPERATIONS. The package
 * is 385 MB unpacked, so it is fetched only here and never installed.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VERSION = '23.0.2';
const TARGET = new URL('../test/support/github/', import.meta.url);

const REPO = '/repos/{owner}/{repo}';
const OPERATIONS = [
  ['get', `${REPO}/issues`],
  ['post', `${REPO}/issues`],
  ['patch', `${REPO}/issues/{issue_number}`],
  ['get', `${REPO}/issues/{issue_number}/comments`],
  ['post', `${REPO}/issues/{issue_number}/comments`],
  ['patch', `${REPO}/issues/comments/{comment_id}`],
  ['delete', `${REPO}/issues/comments/{comment_id}`],
  ['post', `${REPO}/check-runs`],
  ['get', `${REPO}/check-runs/{check_run_id}`],
  ['patch', `${REPO}/check-runs/{check_run_id}`],
  ['get', `${REPO}/commits/{ref}/check-runs`],
  ['get', `${REPO}/contents/{path}`],
  ['get', `${REPO}/git/commits/{commit_sha}`],
  ['get', `${REPO}/git/ref/{ref}`],
  ['get', `${REPO}/pulls`],
  ['get', `${REPO}/pulls/{pull_number}`],
  ['get', `${REPO}/pulls/{pull_number}/files`],
  ['post', `${REPO}/pulls/{pull_number}/reviews`],
] as const;

/** Prose and samples say nothing to a validator and make three quarters of the size. */
const PROSE = new Set(['description', 'summary', 'example', 'examples', 'externalDocs', 'title', 'x-github', 'tags']);

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const member = (value: Json | undefined, key: string): Json | undefined => (isObject(value) ? value[key] : undefined);

/** Drops prose, but not the properties that happen to be called `title` or `description`. */
function withoutProse(value: Json, areNames = false): Json {
  if (Array.isArray(value)) return value.map((item) => withoutProse(item));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => areNames || !PROSE.has(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutProse(inner, !areNames && key === 'properties')]));
}

function references(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (!isObject(value)) return [];
  const own = typeof value['$ref'] === 'string' ? [value['$ref']] : [];
  return [...own, ...Object.values(value).flatMap(references)];
}

const resolve = (description: Json, reference: string): Json | undefined =>
  reference.slice(2).split('/').reduce<Json | undefined>(member, description);

/** Everything the operations refer to, directly or not, by reference. */
function closure(description: Json, from: Json): Map<string, Json> {
  const found = new Map<string, Json>();
  const open = references(from);
  for (let reference = open.pop(); reference !== undefined; reference = open.pop()) {
    const target = resolve(description, reference);
    if (found.has(reference) || target === undefined) continue;
    found.set(reference, withoutProse(target));
    open.push(...references(target));
  }
  return found;
}

function operation(description: Json, method: string, path: string): Json {
  const found = member(member(member(description, 'paths'), path), method);
  if (found === undefined) throw new Error(`GitHub's description has no ${method} ${path}`);
  return withoutProse(found);
}

function components(parts: Map<string, Json>): Json {
  const tree: Record<string, Record<string, Json>> = {};
  for (const [reference, schema] of [...parts].toSorted(([a], [b]) => a.localeCompare(b))) {
    const [, , kind = '', name = ''] = reference.split('/');
    tree[kind] = { ...tree[kind], [name]: schema };
  }
  return tree;
}

function slice(description: Json): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [method, path] of OPERATIONS)
    paths[path] = { ...paths[path], [method]: operation(description, method, path) };
  return { openapi: '3.0.3', paths, components: components(closure(description, paths)) };
}

const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
try {
  execFileSync('npm', ['pack', `@octokit/openapi@${VERSION}`, '--silent'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const members = ['package/generated/api.github.com.json', 'package/LICENSE'];
  execFileSync('tar', ['xzf', `octokit-openapi-${VERSION}.tgz`, ...members], { cwd: folder });
  const description: Json = JSON.parse(readFileSync(join(folder, 'package/generated/api.github.com.json'), 'utf8'));
  writeFileSync(new URL('openapi.json', TARGET), `${JSON.stringify(slice(description))}\n`);
  const notice = `openapi.json is a slice of GitHub's OpenAPI description as published in @octokit/openapi ${VERSION}.\n\n`;
  writeFileSync(new URL('openapi.NOTICE', TARGET), notice + readFileSync(join(folder, 'package/LICENSE'), 'utf8'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
