import type { Plan } from './plan.ts';

/** True when the plan does not show all that an apply would do, so that no review of it can be a pass. */
export const isPartial = (plan: Plan): boolean => plan.errored || plan.complete === false || plan.deferred.length > 0;

const PROVIDER = /(?:^|\/)aws(?:cc)?$/;

/** True when the plan has anything of AWS in it. */
const hasAws = (plan: Plan): boolean =>
  plan.changes.some((change) => PROVIDER.test(change.providerName) || change.type.startsWith('aws_'));

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Sentences about the plan itself that a reader of the review must know. */
export function planNotes(plan: Plan, allowPartial: boolean): string[] {
  const notes: string[] = [];
  if (plan.errored) {
    notes.push(
      `${plan.path}: planning failed midway, so this review is partial and cannot pass. Mend the error that \`terraform plan\` printed and plan again.`,
    );
  } else if (plan.complete === false && plan.deferred.length === 0) {
    notes.push(
      `${plan.path}: this is a partial plan (made with \`-target\`, or with changes deferred), so this review is partial${allowPartial ? '' : ' and cannot pass. Plan without `-target`, or set `allow-partial: true` in the configuration'}.`,
    );
  }
  if (plan.deferred.length > 0) {
    notes.push(
      `${plan.path}: ${plural(plan.deferred.length, 'change')} ${plan.deferred.length === 1 ? 'is' : 'are'} deferred to a later plan and cannot be judged: ${plan.deferred
        .map((one) => one.address)
        .slice(0, 5)
        .join(
          ', ',
        )}${allowPartial ? '' : '. The review cannot pass; set `allow-partial: true` in the configuration to accept deferred changes'}.`,
    );
  }
  const managed = plan.changes.filter((change) => change.mode === 'managed');
  if (managed.length === 0) notes.push(`${plan.path}: nothing to judge: the plan has no resources.`);
  else if (
    managed.every((change) => change.action === 'no-op' && !change.importing && change.previousAddress === undefined)
  ) {
    notes.push(`${plan.path}: nothing to judge: the plan changes no resources.`);
  } else if (!hasAws(plan)) notes.push(`${plan.path}: nothing to judge: the plan has no AWS resources.`);
  const deposed = plan.changes.filter((change) => change.deposed !== undefined);
  if (deposed.length > 0) {
    notes.push(
      `${plan.path}: ${plural(deposed.length, 'leftover object')} of an earlier failed replacement will be deleted: ${deposed
        .map((one) => one.address)
        .slice(0, 5)
        .join(', ')}.`,
    );
  }
  if (plan.drift.length > 0) {
    notes.push(
      `${plan.path}: ${plural(plan.drift.length, 'resource')} changed outside of Terraform since the last run: ${plan.drift
        .map((one) => one.address)
        .slice(0, 5)
        .join(', ')}.`,
    );
  }
  return notes;
}
