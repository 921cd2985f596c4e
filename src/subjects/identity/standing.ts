import type { Statement } from '../../aws/policy-document/statement.ts';
import { sideOf } from '../../iam/difference/side.ts';
import type { Side } from '../../iam/difference/side.ts';
import type { Unknown } from '../../plan/value.ts';
import type { Attachment, Boundary } from './holder.ts';
import { managedSource, sumOf } from './policy-source.ts';
import type { PolicySource } from './policy-source.ts';

/** Everything that grants on one side. */
export interface Granted {
  readonly sources: readonly PolicySource[];
  readonly attachments: readonly Attachment[];
  readonly unread: readonly Unknown[];
  readonly boundary?: Boundary;
}

/** What the engine needs to know of one side, and the way back from a statement to where it stands. */
export interface Standing {
  readonly side: Side;
  readonly sourceOf: ReadonlyMap<Statement, PolicySource>;
  /** The policies that grant, those of AWS among them. */
  readonly policies: readonly PolicySource[];
  readonly boundary: PolicySource | undefined;
  /** Policies that grant as well and whose text is not here. */
  readonly unseen: readonly Attachment[];
}

const known = new WeakMap<Granted, Standing>();

/** The sum of everything that grants: texts of the plan and of AWS-managed policies, within the boundary. */
export function standingOf(granted: Granted): Standing {
  const found = known.get(granted) ?? build(granted);
  known.set(granted, found);
  return found;
}

function build({ sources, attachments, unread, boundary }: Granted): Standing {
  const texts = attachments.map((attachment) => [attachment, textOf(attachment)] as const);
  const managed = texts.flatMap(([, source]) => (source ? [source] : []));
  const policies = [...sources, ...managed];
  const sum = sumOf(policies, unread);
  const limit = boundary?.kind === 'text' ? boundary.source : undefined;
  const within = limit && sumOf([limit]);
  return {
    side: sideOf(sum.document, within?.document),
    sourceOf: within ? new Map([...sum.sourceOf, ...within.sourceOf]) : sum.sourceOf,
    policies,
    boundary: limit,
    unseen: texts.flatMap(([attachment, source]) => (source ? [] : [attachment])),
  };
}

const textOf = ({ isManaged, policy, ...place }: Attachment): PolicySource | undefined =>
  isManaged ? managedSource(place, `arn:aws:iam::aws:policy/${policy}`) : undefined;
