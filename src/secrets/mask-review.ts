import type { Access, Evidence, Finding, Repair, Waiver, Witness } from '../finding/finding.ts';
import type { NeutralProof, Review } from '../finding/review.ts';
import { mask } from './mask.ts';

const maskNullable = (text: string | null): string | null => (text === null ? null : mask(text));

const maskEvidence = ({ label, before, after }: Evidence): Evidence => ({
  label,
  before: maskNullable(before),
  after: maskNullable(after),
});

const maskAccess = (access: Access): Access => ({
  ...access,
  principal: mask(access.principal),
  actions: access.actions.map(mask),
  summary: access.summary.map(mask),
  resources: access.resources.map(mask),
  conditions: maskNullable(access.conditions),
  because: mask(access.because),
  witness: maskWitness(access.witness),
  simulated: maskNullable(access.simulated),
});

const maskWitness = ({ principal, action, resource, context }: Witness): Witness => ({
  ...(principal === undefined ? {} : { principal: mask(principal) }),
  action: mask(action),
  resource: mask(resource),
  context: Object.fromEntries(Object.entries(context).map(([key, values]) => [mask(key), values.map(mask)])),
});

/** Lines in which something would be replaced are not shown at all. */
const withoutSecretExcerpt = ({ excerpt }: Finding): Pick<Finding, 'excerpt'> => {
  const text = excerpt?.lines.join('\n') ?? '';
  return excerpt === undefined || mask(text) !== text ? { excerpt: undefined } : { excerpt };
};

/** A line with something in it that must not be shown cannot be offered: masked, it would not be the line any more. */
const isClean = ({ before, after }: Repair): boolean => mask(before) === before && mask(after) === after;

/** A waiver may stand in a comment of the code, beside what should not be there. */
const maskWaiver = (waiver: Waiver): Waiver => ({
  ...waiver,
  address: mask(waiver.address),
  reason: mask(waiver.reason),
  owner: mask(waiver.owner),
});

/** A finding without what looks like a credential. */
export const maskFinding = ({ repair, ...finding }: Finding): Finding => ({
  ...finding,
  ...(finding.way && { way: finding.way.map(mask) }),
  waived: finding.waived && maskWaiver(finding.waived),
  ...(repair !== undefined && isClean(repair) && { repair }),
  address: mask(finding.address),
  previousAddress: maskNullable(finding.previousAddress),
  message: mask(finding.message),
  attribute: maskNullable(finding.attribute),
  resourceType: mask(finding.resourceType),
  evidence: finding.evidence.map(maskEvidence),
  access: finding.access.map(maskAccess),
  ...withoutSecretExcerpt(finding),
});

const maskProof = ({ changes, obstacles }: NeutralProof): NeutralProof => ({
  changes: changes.map((change) => ({
    ...change,
    address: mask(change.address),
    attributes: change.attributes.map(({ attribute, because }) => ({
      attribute: mask(attribute),
      because: mask(because),
    })),
  })),
  obstacles: obstacles.map((one) => ({
    ...one,
    address: maskNullable(one.address),
    attribute: maskNullable(one.attribute),
    because: mask(one.because),
  })),
});

/**
 * The last gate before anything is rendered: whatever got into a text of the review from the plan and looks like a
 * credential is replaced. Evidence is an allow-list already; this catches a token in a name, a key or a description.
 */
export const maskReview = (review: Review): Review => ({
  ...review,
  findings: review.findings.map(maskFinding),
  notEvaluated: review.notEvaluated.map((one) => ({
    ...one,
    address: mask(one.address),
    resourceType: mask(one.resourceType),
  })),
  plans: review.plans.map((one) => ({ ...one, terraformVersion: maskNullable(one.terraformVersion) })),
  notes: review.notes.map(mask),
  ...(review.neutralProof === undefined ? {} : { neutralProof: maskProof(review.neutralProof) }),
});
