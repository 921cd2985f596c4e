import type { Document } from '../../src/aws/policy-document/statement.ts';
import { documentTest } from '../../src/iam/evaluate/document.ts';
import { evaluate } from '../../src/iam/evaluate/evaluate.ts';
import type { Evaluation, Policies } from '../../src/iam/evaluate/evaluate.ts';
import { requesterOf } from '../../src/iam/evaluate/request.ts';
import type { Request } from '../../src/iam/evaluate/request.ts';
import type { Decision, RequestContext } from '../../src/iam/simulator.ts';

/** Documents by layer, as a test writes them; SCPs and RCPs with one document for every level. */
export interface Layers {
  readonly identity?: readonly Document[];
  readonly resource?: Document;
  readonly boundary?: Document;
  readonly session?: Document;
  readonly scp?: readonly (readonly Document[])[];
  readonly rcp?: readonly (readonly Document[])[];
}

const compiled = (documents: readonly Document[]) => documents.map((document) => documentTest(document));

function policiesOf({ identity = [], resource, boundary, session, scp, rcp }: Layers): Policies {
  return {
    identity: compiled(identity),
    resource: resource && documentTest(resource),
    boundary: boundary && compiled([boundary]),
    session: session && compiled([session]),
    scp: scp?.map(compiled),
    rcp: rcp?.map(compiled),
  };
}

export const ACCOUNT = '111122223333';
export const OTHER_ACCOUNT = '444455556666';
export const USER = `arn:aws:iam::${ACCOUNT}:user/ann`;
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/reader`;
export const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/reader/work`;
export const ROOT = `arn:aws:iam::${ACCOUNT}:root`;

/** A request of a role; `principal` as `requesterOf` reads it. */
export interface Asked {
  readonly action?: string;
  readonly resource?: string;
  readonly resourceAccount?: string;
  readonly principal?: string;
  readonly context?: RequestContext;
}

function requestOf({
  action = 's3:GetObject',
  resource = 'arn:aws:s3:::a/b',
  principal = ROLE,
  ...more
}: Asked): Request {
  return { action, resource, requester: requesterOf(principal, action), context: {}, ...more };
}

export const evaluation = (layers: Layers, asked: Asked = {}): Evaluation =>
  evaluate(policiesOf(layers), requestOf(asked));

export const decision = (layers: Layers, asked: Asked = {}): Decision => evaluation(layers, asked).decision;

/** What identity policies decide about a request. */
export const decided = (document: Document, asked: Asked = {}): Decision => decision({ identity: [document] }, asked);
