export type Operation = 'SimulateCustomPolicy' | 'SimulatePrincipalPolicy';

/** How far a failed call reaches. `reason` is one clause for people. */
export interface Failure {
  /**
   * - `over`: every other call would fail too.
   * - `no-permission`, `no-principal`: not for this principal, but the policies of the plan alone can still be asked.
   * - `rejected`: something in this call is at fault; others may go through.
   * - `policy`: the policies of this call are at fault.
   */
  readonly kind: 'over' | 'no-permission' | 'no-principal' | 'rejected' | 'policy';
  readonly reason: string;
}

const field = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The SDK calls the error `InvalidInput` by the name `InvalidInputException`, and others as IAM does. */
const nameOf = (error: unknown): string => text(field(error, 'name')).replace(/Exception$/, '');

const statusOf = (error: unknown): number => Number(field(field(error, '$metadata'), 'httpStatusCode') ?? 0);

/** The code of a broken connection; it may stand in the cause. */
const codeOf = (error: unknown): string => text(field(error, 'code')) || text(field(field(error, 'cause'), 'code'));

export const isPolicyFault = (error: unknown): boolean => nameOf(error) === 'PolicyEvaluation';

/**
 * The name of an error that came of looking for credentials. It must be given: an error of STS, which the SDK may ask for
 * them, looks like one of IAM.
 */
export const NO_CREDENTIALS = 'NoCredentials';

const NOT_ACCEPTED = 'AWS does not accept the credentials';
const EXPIRED = 'the AWS credentials have expired';
const CLOCK = 'the clock of this machine differs too much from the clock of AWS';
const THROTTLED = 'AWS throttled the simulator';

/** Errors that every other call would end in too (IAM API reference, "Common errors"; botocore model). */
const OVER: Readonly<Record<string, string>> = {
  AuthFailure: NOT_ACCEPTED,
  IncompleteSignature: NOT_ACCEPTED,
  InvalidClientTokenId: NOT_ACCEPTED,
  InvalidSignature: NOT_ACCEPTED,
  MissingAuthenticationToken: NOT_ACCEPTED,
  NotAuthorized: NOT_ACCEPTED,
  SignatureDoesNotMatch: NOT_ACCEPTED,
  UnrecognizedClient: NOT_ACCEPTED,
  ExpiredToken: EXPIRED,
  TokenRefreshRequired: EXPIRED,
  RequestExpired: CLOCK,
  RequestInTheFuture: CLOCK,
  RequestTimeTooSkewed: CLOCK,
  RequestLimitExceeded: THROTTLED,
  Throttled: THROTTLED,
  Throttling: THROTTLED,
  TooManyRequests: THROTTLED,
  [NO_CREDENTIALS]: 'no usable AWS credentials were found',
  OptInRequired: 'the AWS account is not signed up for IAM',
};

const over = (reason: string): Failure => ({ kind: 'over', reason });

/** Only what looks like a code is said, because anything else may quote the request. */
const inBrackets = (code: string): string => (/^\w{1,64}$/.test(code) ? ` (${code})` : '');

function ofService(name: string, status: number): Failure {
  if (status === 429) return over(THROTTLED);
  if (status >= 500) return over(`IAM answered with status ${status}${inBrackets(name)}`);
  return { kind: 'rejected', reason: `IAM refused the simulation with status ${status}${inBrackets(name)}` };
}

/** A failure before there was an answer of IAM, or instead of one. */
function ofConnection(error: unknown, name: string): Failure {
  const code = codeOf(error);
  if (/CERT|UNABLE_TO_/.test(code)) return over(`the certificate of AWS is not trusted here${inBrackets(code)}`);
  if (name === 'TimeoutError' && (code === '' || code === 'ETIMEDOUT')) return over('AWS did not answer in time');
  if (code !== '') return over(`AWS cannot be reached${inBrackets(code)}`);
  return over('something went wrong while AWS was asked');
}

/** An answer that is no XML, or is not IAM's: a proxy or another service stands at the address. */
const isUnreadable = (error: unknown): boolean =>
  field(error, '$response') !== undefined && text(field(error, '$fault')) === '';

/**
 * What a failed call means. It never quotes the error: IAM's messages repeat parts of the request, and those of a
 * connection the address it went to.
 */
export function explain(error: unknown, operation: Operation): Failure {
  const name = nameOf(error);
  const known = OVER[name];
  if (known !== undefined) return over(known);
  switch (name) {
    case 'AccessDenied': {
      const reason = `the credentials may not call iam:${operation}`;
      return operation === 'SimulatePrincipalPolicy' ? { kind: 'no-permission', reason } : over(reason);
    }
    case 'NoSuchEntity':
      return { kind: 'no-principal', reason: 'IAM does not know the principal' };
    case 'InvalidInput':
      return { kind: 'rejected', reason: 'IAM does not accept the policies or the request as valid' };
    case 'ValidationError':
      return { kind: 'rejected', reason: 'IAM does not accept the form of the request' };
    case 'PolicyEvaluation':
      return { kind: 'policy', reason: 'IAM could not evaluate the policies' };
    case 'ServiceFailure':
      return over('IAM failed for a reason of its own');
    default:
      if (isUnreadable(error)) return over('the answer of IAM cannot be read');
      return statusOf(error) >= 300 ? ofService(name, statusOf(error)) : ofConnection(error, name);
  }
}
