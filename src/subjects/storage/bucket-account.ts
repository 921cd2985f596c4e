import type { Resource, Worlds } from '../../world/world.ts';
import { ACCOUNT_BLOCK, SWITCHES, staysInAws, switchTurnedOff, switchesOn } from '../bucket-access-block.ts';
import { DOUBTS, doubts } from '../bucket-standing.ts';
import { exampleFacts } from '../example.ts';
import type { Facts, Subject, SubjectKind } from '../subject.ts';

/** The account-wide public access block. The account is always there, so it can lose the block and not be "gone". */
export const accountAccessBlock: SubjectKind = {
  name: 'account-access-block',
  description: 'The S3 public access block of one account; an account without the resource has no switch on.',
  attributes: {
    account: 'What people call the account: `account 111122223333`, or `the account` when its id is not known.',
    switches: `Which of its four switches are on: ${SWITCHES.join(', ')}.`,
    ...DOUBTS,
    forgotten: 'True when Terraform stops managing it; it stays in AWS as it is.',
  },
  attributeTypes: { account: 'string', switches: 'list', unsure: 'list', unread: 'bool', forgotten: 'bool' },
  types: [ACCOUNT_BLOCK],
  build(worlds) {
    const pairs = pairsOf(worlds);
    return {
      before: pairs.map((pair) => toSubject(pair, 'before')),
      after: pairs.map((pair) => toSubject(pair, 'after')),
    };
  },
  fromExample: (example) =>
    exampleFacts(
      { account: 'account 111122223333', switches: [...SWITCHES], unsure: [], unread: false, forgotten: false },
      example,
    ),
};

/** The block of one account on both sides; undefined where it has none. */
interface BlockPair {
  readonly account: string;
  readonly before: Resource | undefined;
  readonly after: Resource | undefined;
}

function pairsOf(worlds: Worlds): BlockPair[] {
  const [old, now] = [worlds.before.resources(ACCOUNT_BLOCK), worlds.after.resources(ACCOUNT_BLOCK)];
  // A new block may not say whose it is: then it is that of the block that it is paired with.
  const known = new Map(old.flatMap((block) => (idOf(block) === undefined ? [] : [[block.identity, idOf(block)]])));
  const accountOf = (block: Resource): string => idOf(block) ?? known.get(block.identity) ?? block.identity;
  const [before, after] = [
    new Map(old.map((block) => [accountOf(block), block])),
    new Map(now.map((block) => [accountOf(block), block])),
  ];
  return [...new Set([...before.keys(), ...after.keys()])].map((account) => ({
    account,
    before: before.get(account),
    after: after.get(account),
  }));
}

const idOf = (block: Resource): string | undefined =>
  [block.get('account_id'), block.get('id')].find((value) => typeof value === 'string');

function toSubject({ account, before, after }: BlockPair, side: 'before' | 'after'): Subject {
  const forgotten = before !== undefined && !after && staysInAws(before);
  const block = side === 'before' ? before : (after ?? (forgotten ? before : undefined));
  const standing = after ?? before;
  const address = standing?.address ?? account;
  const off = switchTurnedOff(before, after);
  const object: Facts = {
    account: /^\d+$/.test(account) ? `account ${account}` : 'the account',
    switches: switchesOn(block).names,
    ...doubts(switchesOn(block)),
    forgotten: side === 'after' && forgotten,
  };
  return {
    id: account,
    object,
    address,
    previousAddress: standing?.previousAddress,
    resourceType: ACCOUNT_BLOCK,
    attribute: off,
    causes: [...(off === undefined ? [] : [{ address, path: [off] }]), { address, path: [] }],
    touched: before?.touched === true || after?.touched === true,
  };
}
