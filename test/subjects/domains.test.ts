import { describe, expect, test } from 'vitest';
import { DOMAINS, kindsFor } from '../../src/subjects/domains.ts';
import { KINDS } from '../../src/subjects/index.ts';

const namesFor = async (types: readonly string[], audit = false) =>
  (await kindsFor(types, audit)).map(({ name }) => name);

describe('kinds are loaded by domain', () => {
  test('every type of a kind loads it', async () => {
    for (const { isAbout, load } of DOMAINS) {
      const missed = (await load()).KINDS.flatMap(({ name, types }) =>
        types.filter((type) => !isAbout.test(type)).map((type) => `${name}: ${type}`),
      );
      expect(missed).toEqual([]);
    }
  });

  test('an audit loads all of them', async () => {
    expect(await namesFor([], true)).toEqual(KINDS.map(({ name }) => name));
  });

  test('a plan that only opens a port loads no policy documents', async () => {
    const names = await namesFor(['aws_vpc_security_group_ingress_rule']);
    expect(names).toContain('network-rule');
    expect(names).not.toContain('principal');
    expect(names).not.toContain('bucket');
  });
});
