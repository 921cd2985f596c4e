import { SWITCHES, accountBlock, switchesOn } from './bucket-access.ts';
import { staysInAws } from './bucket-parts.ts';
import { exampleFacts } from './example.ts';
import type { Facts, Subject, SubjectKind } from './subject.ts';
import type { Resource, World, Worlds } from '../world/world.ts';

const TYPE = 'aws_s3_account_public_access_block';

/** The account-wide public access block. The account is always there, so it can lose the block and not be "gone". */
export const accountAccessBlock: SubjectKind = {
  name: 'account-access-block',
  description: 'The account-wide S3 public access block; an account without the resource has no switch on.',
  attributes: {
    switches: `Which of its four switches are on: ${SWITCHES.join(', ')}.`,
    forgotten: 'True when Terraform stops managing it; it stays in AWS as it is.',
  },
  attributeTypes: { switches: 'list', forgotten: 'bool' },
  types: [TYPE],
  build(worlds) {
    const [before, after] = [accountBlock(worlds.before), accountBlock(worlds.after)];
    const standing = after ?? before;
    if (!standing) return { before: [], after: [] };
    return {
      before: [toSubject(worlds.before, before, standing, worlds)],
      after: [toSubject(worlds.after, after ?? (before && staysInAws(before) ? before : undefined), standing, worlds)],
    };
  },
  fromExample: (example) => exampleFacts({ switches: [...SWITCHES], forgotten: false }, example),
};

const toSubject = (
  world: World,
  block: Resource | undefined,
  { address, previousAddress }: Resource,
  worlds: Worlds,
): Subject => ({
  id: 'account',
  object: factsOf(block, world.side === 'after' && isLetGo(worlds)),
  address,
  previousAddress,
  resourceType: TYPE,
  causes: [{ address, path: [] }],
  touched: [accountBlock(worlds.before), accountBlock(worlds.after)].some((one) => one?.touched === true),
});

function isLetGo(worlds: Worlds): boolean {
  const before = accountBlock(worlds.before);
  return before !== undefined && !accountBlock(worlds.after) && staysInAws(before);
}

const factsOf = (block: Resource | undefined, forgotten: boolean): Facts => ({
  switches: switchesOn(block),
  forgotten,
});
