import type { IncomingHttpHeaders } from 'node:http';
import type { JsonObject, Operation } from './schema.ts';

export interface Comment {
  readonly id: number;
  readonly issue: number;
  readonly login: string;
  body: string;
}

export interface Issue {
  readonly number: number;
  readonly login: string;
  readonly title: string;
  readonly isPullRequest?: boolean;
  body: string;
  state: string;
  stateReason: string | null;
}

/** A comment of a review, in a thread of its own. */
export interface LineComment {
  readonly id: string;
  readonly pull: number;
  readonly login: string;
  readonly path: string;
  readonly side: 'LEFT' | 'RIGHT';
  readonly line: number;
  readonly startLine: number | null;
  body: string;
  isOutdated: boolean;
  /** Why it is minimised, or null when it is not. */
  minimized: string | null;
}

export interface CheckRun extends JsonObject {
  id: number;
  annotations: JsonObject[];
}

export interface Pull {
  readonly number: number;
  headSha: string;
  readonly baseSha: string;
  readonly headBranch?: string;
  readonly headOwner?: string;
  readonly files?: readonly (string | ChangedFile)[];
  /** Patches of files, by path; GitHub has none for binary and very large files. */
  patches?: Readonly<Record<string, string>>;
}

export interface ChangedFile {
  readonly filename: string;
  readonly status: string;
  readonly previous_filename?: string;
  readonly patch?: string;
}

export type Scope = 'contents' | 'checks' | 'issues' | 'pull-requests';
export type Permissions = Readonly<Partial<Record<Scope, 'read' | 'write'>>>;

export interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: JsonObject | null;
  readonly headers: IncomingHttpHeaders;
  status: number;
}

/**
 * What goes wrong with some requests: an answer that is given instead of the real one, or the real one with other headers
 * when there is neither `status` nor `text`.
 */
export interface Fault {
  readonly matches: (method: string, path: string) => boolean;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly message?: string;
  /** The body as it goes over the line, be it JSON or not. */
  readonly text?: string;
  /** The connection is closed, or stays open without an answer. */
  readonly breaks?: 'reset' | 'hang';
  /** The request takes effect all the same, as when only the answer is lost. */
  readonly after?: boolean;
  /** What others do just before the request arrives. */
  readonly meanwhile?: (github: FakeGitHub) => void;
  times: number;
}

export interface FakeGitHub {
  readonly url: string;
  readonly requests: Recorded[];
  /** Requests that the description or a rule of GitHub forbids, and answers of the fake that GitHub would never give. */
  readonly violations: string[];
  readonly comments: Comment[];
  readonly issues: Issue[];
  readonly lineComments: LineComment[];
  /** How many comments each review had. */
  readonly reviews: number[];
  /** Lines (`path:line`) that GitHub refuses for reasons of its own. */
  readonly refusedLines: Set<string>;
  readonly checkRuns: CheckRun[];
  readonly pulls: Pull[];
  readonly faults: Fault[];
  /** Files by commit and path. */
  readonly files: Map<string, Readonly<Record<string, string>>>;
  /** When commits were made (RFC 3339). */
  readonly committed: Map<string, string>;
  /** Whether nobody may fold a comment away. */
  refusesMinimizing: boolean;
  permissions: Permissions;
  login: string;
  latencyMs: number;
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly data?: unknown;
  readonly text?: string;
  readonly breaks?: 'reset' | 'hang';
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Call {
  readonly github: FakeGitHub;
  readonly operation: Operation;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: JsonObject;
}
