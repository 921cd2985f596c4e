import { describe, expect, test } from 'vitest';
import { allReferences, blockIn, longestReferences, moduleAt } from '../../src/plan/configuration.ts';
import { parseReference } from '../../src/plan/reference.ts';

describe('a reference', () => {
  test.each([
    ['aws_s3_bucket.logs', 'aws_s3_bucket', ['logs']],
    ['aws_s3_bucket.logs[0].arn', 'aws_s3_bucket', ['logs', 0, 'arn']],
    ['data.aws_iam_policy_document.read.json', 'data', ['aws_iam_policy_document', 'read', 'json']],
    ['module.net["eu.west-1"].vpc_id', 'module', ['net', 'eu.west-1', 'vpc_id']],
    ['aws_subnet.a["say \\"hi\\" [0]"].id', 'aws_subnet', ['a', 'say "hi" [0]', 'id']],
    ['aws_subnet.a["$${x}"].id', 'aws_subnet', ['a', '${x}', 'id']],
    ['aws_subnet.a["\\U0001F600"].id', 'aws_subnet', ['a', '😀', 'id']],
    ['aws_subnet.größe.id', 'aws_subnet', ['größe', 'id']],
    ['each.value.ports.0', 'each', ['value', 'ports', '0']],
    ['', '', []],
  ])('%s', (text, root, steps) => {
    expect(parseReference(text)).toEqual({ root, steps });
  });

  test('is right as far as it is understood', () => {
    expect(parseReference('aws_subnet.a[each.key].id')).toEqual({ root: 'aws_subnet', steps: ['a'] });
  });
});

describe('the references of an expression', () => {
  test('count once, as long as Terraform tells them', () => {
    expect(longestReferences(['aws_x.y[0].arn', 'aws_x.y[0]', 'aws_x.y', 'aws_x.yes'])).toEqual([
      'aws_x.y[0].arn',
      'aws_x.yes',
    ]);
  });

  test('are found below nested blocks, and not in constants', () => {
    const tree = { rule: [{ id: { references: ['var.a'] } }, { id: { constant_value: { references: ['not one'] } } }] };
    expect(allReferences(tree)).toEqual(['var.a']);
  });
});

describe('the configuration', () => {
  const group = { mode: 'managed', type: 'aws_security_group', name: 'web' };
  const root = { module_calls: { net: { module: { module_calls: { inner: { module: { resources: [group] } } } } } } };

  test('leads through module calls to a block', () => {
    expect(blockIn(moduleAt(root, ['net', 'inner']), 'managed', 'aws_security_group', 'web')).toBe(group);
  });

  test('says nothing of calls and blocks it does not have', () => {
    expect(moduleAt(root, ['net', 'other'])).toBeUndefined();
    expect(blockIn(moduleAt(root, ['net', 'inner']), 'data', 'aws_security_group', 'web')).toBeUndefined();
  });
});
