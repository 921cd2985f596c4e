import type { IncomingHttpHeaders } from 'node:http';
import type { Form } from './form.ts';

export interface ContextEntry {
  readonly key: string;
  readonly type: string;
  readonly values: readonly string[];
}

/** One action on one resource, with everything that a simulate call says of it. */
export interface Asked {
  readonly operation: string;
  readonly action: string;
  readonly resource: string;
  readonly principal: string | null;
  readonly policies: readonly string[];
  readonly boundary: string | null;
  readonly excluded: readonly Form[];
  readonly context: readonly ContextEntry[];
}

/** A statement that decided: of `PolicyInputList.N` with its index, or of a policy of the account by name. */
export interface Matched {
  readonly source: string;
  readonly statement?: number;
}

export interface Verdict {
  readonly decision: string;
  readonly matched?: readonly Matched[];
  readonly missing?: readonly string[];
  readonly boundaryAllows?: boolean;
  readonly organizationAllows?: boolean;
}

/** Decides, or gives the code of the error that the whole call ends in. */
export type Decide = (asked: Asked) => Verdict | string;

/** `broken`: the connection is cut; `silent`: nobody answers; `garbled`: XML that ends in the middle; `foreign`: HTML. */
export type Breakage = 'broken' | 'silent' | 'garbled' | 'foreign';

export interface Fault {
  /** The code of an error of IAM, or what else goes wrong. */
  readonly kind: string;
  readonly operation?: string;
  times: number;
}

export interface Recorded {
  readonly operation: string;
  readonly form: { readonly [name: string]: Form };
  /** As it went over the wire. */
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

export interface FakeIam {
  readonly url: string;
  readonly requests: Recorded[];
  /** Requests that IAM would refuse. */
  readonly violations: string[];
  readonly faults: Fault[];
  decide: Decide;
  /** The shape of answers: one result for an action and an ARN, or since July 2026 one for an action. */
  shape: 'old' | 'new';
  /** Results on a page. IAM may give fewer than it is asked for. */
  pageSize: number;
  /** What happens before a request is answered. */
  meanwhile: () => Promise<void>;
  inFlight: number;
  mostInFlight: number;
  close(): Promise<void>;
}
