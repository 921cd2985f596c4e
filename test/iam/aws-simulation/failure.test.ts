import { expect, test } from 'vitest';
import { explain } from '../../../src/iam/aws-simulation/failure.ts';

/** An error of a broken connection, as Node throws it. */
const broken = (code: string, name = 'Error'): Error =>
  Object.assign(new Error('connect hunter2.internal'), { code, name });

test.each([
  [broken('ENOTFOUND'), 'AWS cannot be reached (ENOTFOUND)'],
  [broken('EAI_AGAIN'), 'AWS cannot be reached (EAI_AGAIN)'],
  [broken('ECONNRESET', 'TimeoutError'), 'AWS cannot be reached (ECONNRESET)'],
  [new Error('fetch failed', { cause: broken('EHOSTUNREACH') }), 'AWS cannot be reached (EHOSTUNREACH)'],
  [broken('ETIMEDOUT', 'TimeoutError'), 'AWS did not answer in time'],
  [broken('SELF_SIGNED_CERT_IN_CHAIN'), 'the certificate of AWS is not trusted here (SELF_SIGNED_CERT_IN_CHAIN)'],
  [
    broken('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
    'the certificate of AWS is not trusted here (UNABLE_TO_VERIFY_LEAF_SIGNATURE)',
  ],
  [broken('hunter2 is no code'), 'AWS cannot be reached'],
  [new Error('hunter2'), 'something went wrong while AWS was asked'],
  ['hunter2', 'something went wrong while AWS was asked'],
])('a connection that fails ends the simulation: %s', (error, reason) => {
  expect(explain(error, 'SimulateCustomPolicy')).toEqual({ kind: 'over', reason });
});

test('a code that is no code is not repeated', () => {
  const error = Object.assign(new Error('no'), { name: 'hunter2 is no code', $metadata: { httpStatusCode: 418 } });
  const reason = 'IAM refused the simulation with status 418';
  expect(explain(error, 'SimulateCustomPolicy')).toEqual({ kind: 'rejected', reason });
});

test.each(['RequestExpired', 'RequestTimeTooSkewed'])('%s is the clock', (name) => {
  const error = Object.assign(new Error('no'), { name, $metadata: { httpStatusCode: 400 } });
  expect(explain(error, 'SimulateCustomPolicy').reason).toContain('clock');
});

test('too many requests are throttling, whatever they are called', () => {
  const error = Object.assign(new Error('no'), { name: 'SlowerPlease', $metadata: { httpStatusCode: 429 } });
  expect(explain(error, 'SimulateCustomPolicy')).toEqual({ kind: 'over', reason: 'AWS throttled the simulator' });
});
