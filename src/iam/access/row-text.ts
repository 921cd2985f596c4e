import type { AccessRow } from './row.ts';

/** `s3:PutObject on arn:aws:s3:::a/* to account 111122223333 if …` */
export function describeRow({ summary, resources, principals, condition, isUsable }: AccessRow): string {
  return [
    listed(summary),
    ...(resources.length === 0 ? [] : [`on ${listed(resources)}`]),
    ...(principals.length === 0 ? [] : [`to ${listed(principals)}`]),
    ...(condition === null ? [] : [`if ${condition}`]),
    ...(isUsable ? [] : ['(which none of these actions takes)']),
  ].join(' ');
}

const SHOWN = 4;

const listed = (items: readonly string[]): string =>
  items.length <= SHOWN
    ? items.join(', ')
    : `${items.slice(0, SHOWN - 1).join(', ')} and ${items.length - SHOWN + 1} more`;
