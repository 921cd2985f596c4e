import type { Change } from './change.ts';
import type { Plan } from './plan.ts';

/** True when the plan does not show all that an apply would do, so that no review of it can be a pass. */
export const isPartial = (plan: Plan): boolean => plan.errored || plan.complete === false || plan.deferred.length > 0;

const doesSomething = ({ action, importing, previousAddress }: Change): boolean =>
  (action !== 'no-op' && action !== 'read') || importing || previousAddress !== undefined;

/** True when the plan denies what it shows. Terraform says `applyable: false` of plans that failed or change nothing. */
export const isContradictory = (plan: Plan): boolean =>
  plan.applyable === false && !plan.errored && plan.changes.some(doesSomething);

/** True when somebody cut out what Terraform always writes, even for a plan that destroys everything. */
export const lacksConfiguration = ({ configuration, changes }: Plan): boolean =>
  configuration.root_module === undefined && changes.some(doesSomething);

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
  if (isContradictory(plan)) {
    notes.push(
      `${plan.path}: this plan says of itself that applying it would do nothing, and yet it shows changes, so it was altered: make it again with \`terraform show -json\`.`,
    );
  }
  if (lacksConfiguration(plan)) {
    notes.push(
      `${plan.path}: this plan has no \`configuration\`, so what its values refer to is not known: hand over all that \`terraform show -json\` prints.`,
    );
  }
  const managed = plan.changes.filter((change) => change.mode === 'managed');
  if (managed.length === 0) notes.push(`${plan.path}: nothing to judge: the plan has no resources.`);
  else if (!managed.some(doesSomething)) {
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
