import { expect, test } from 'vitest';
import { createAsk } from '../../../src/iam/aws-simulation/ask.ts';
import { createGate } from '../../../src/iam/aws-simulation/gate.ts';
import type { Query } from '../../../src/iam/aws-simulation/query.ts';
import { createRun } from '../../../src/iam/aws-simulation/run.ts';

const query: Query = { principal: null, policies: [], boundary: null, excluded: [], resource: '*', context: [] };

test('the deadline holds even when what sends does not heed it', async () => {
  const ask = createAsk(() => new Promise(() => {}), createRun({ maxCalls: 9, deadlineMs: 20 }), createGate(1));
  const replies = await Promise.all([
    ask(query, 's3:GetObject'),
    ask({ ...query, resource: 'arn:aws:s3:::a' }, 's3:GetObject'),
  ]);
  const over = { kind: 'over', reason: 'AWS did not answer everything within 0.02 s' };
  expect(replies).toEqual([over, over]);
});

test('a page that says there are more, but not where, is the last', async () => {
  const page = { IsTruncated: true, EvaluationResults: [] };
  const ask = createAsk(async () => page, createRun({ maxCalls: 9, deadlineMs: 60_000 }), createGate(1));
  expect(await ask(query, 's3:GetObject')).toEqual({ kind: 'results', results: [] });
});
