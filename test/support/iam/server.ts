import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { listOf, parseForm, structureOf, textOf, type Form } from './form.ts';
import { toResults, type Decided } from './results.ts';
import { isSigned, RULES } from './rules.ts';
import type { Asked, Breakage, Decide, FakeIam, Fault, Recorded } from './state.ts';
import { renderAnswer, renderError, type Xml } from './xml.ts';

export type { Asked, FakeIam, Verdict } from './state.ts';

/** The HTTP status of each error (iam reference 1.4; for the last four the common errors of AWS APIs). */
const STATUS: Readonly<Record<string, number>> = {
  InvalidInput: 400,
  ValidationError: 400,
  Throttling: 400,
  AccessDenied: 403,
  NoSuchEntity: 404,
  PolicyEvaluation: 500,
  ServiceFailure: 500,
  ExpiredToken: 403,
  InvalidClientTokenId: 403,
  SignatureDoesNotMatch: 403,
  ServiceUnavailable: 503,
};

const BREAKAGES = new Set<string>(['broken', 'silent', 'garbled', 'foreign'] satisfies Breakage[]);

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Messages as IAM's may be: with what must not be repeated. */
const refuse = (code: string, message = `no: the request held hunter2-${code}`): Answer => {
  const status = STATUS[code] ?? 400;
  return { status, body: renderError(status < 500 ? 'Sender' : 'Receiver', code, message) };
};

const succeed = (operation: string, result: Xml): Answer => ({ status: 200, body: renderAnswer(operation, result) });

function toAsked(operation: string, form: Recorded['form']): Omit<Asked, 'action' | 'resource'> {
  const context = listOf(form['ContextEntries']).map((entry) => {
    const { ContextKeyName: key, ContextKeyType: type, ContextKeyValues: values } = structureOf(entry);
    return { key: textOf(key), type: textOf(type), values: listOf(values).map(textOf) };
  });
  const [boundary] = listOf(form['PermissionsBoundaryPolicyInputList']).map(textOf);
  return {
    operation,
    principal: textOf(form['PolicySourceArn']) || null,
    policies: listOf(form['PolicyInputList']).map(textOf),
    boundary: boundary ?? null,
    excluded: listOf(form['PolicyExclusionList']),
    context,
  };
}

const names = (form: Form | undefined): string[] => listOf(form).map(textOf);

/** All that was asked for, decided; or the code of an error. */
function decideAll(iam: FakeIam, operation: string, form: Recorded['form']): Decided[][] | string {
  const shared = toAsked(operation, form);
  const resources = form['ResourceArns'] === undefined ? ['*'] : names(form['ResourceArns']);
  const decided: Decided[][] = [];
  for (const action of names(form['ActionNames'])) {
    const ofAction: Decided[] = [];
    for (const resource of resources) {
      const asked = { ...shared, action, resource };
      const verdict = iam.decide(asked);
      if (typeof verdict === 'string') return verdict;
      ofAction.push({ asked, verdict });
    }
    decided.push(ofAction);
  }
  return decided;
}

const MARKER = 'page-from-';

function simulate(iam: FakeIam, operation: string, form: Recorded['form']): Answer {
  const decided = decideAll(iam, operation, form);
  if (typeof decided === 'string') return refuse(decided);
  const results = toResults(iam.shape, decided);
  const start = Number(textOf(form['Marker']).replace(MARKER, ''));
  const end = start + Math.min(iam.pageSize, Number(textOf(form['MaxItems']) || 100));
  const isTruncated = end < results.length;
  return succeed(operation, {
    EvaluationResults: results.slice(start, end),
    IsTruncated: isTruncated,
    Marker: isTruncated ? `${MARKER}${end}` : undefined,
  });
}

/** The keys of all conditions, as GetContextKeysForCustomPolicy gives them. */
function contextKeys(form: Recorded['form']): Answer {
  const keys = names(form['PolicyInputList']).flatMap((text) => {
    const { Statement: statements } = JSON.parse(text) as {
      Statement: { Condition?: object } | { Condition?: object }[];
    };
    return [statements]
      .flat()
      .flatMap(({ Condition: condition = {} }) =>
        Object.values(condition).flatMap((operator: object) => Object.keys(operator)),
      );
  });
  return succeed('GetContextKeysForCustomPolicy', { ContextKeyNames: [...new Set(keys)] });
}

/** What IAM would refuse the request for. */
function complain({ form, headers, body }: Recorded): string | undefined {
  if (headers['content-type'] !== 'application/x-www-form-urlencoded') return 'the body is not a form';
  if (!body.startsWith('Action=')) return 'the body does not start with the action';
  return RULES.find((rule) => rule.isBroken(form))?.message;
}

function answer(iam: FakeIam, recorded: Recorded): Answer {
  if (!isSigned(recorded.headers)) return refuse('MissingAuthenticationToken');
  const complaint = complain(recorded);
  if (complaint !== undefined && recorded.operation !== 'GetContextKeysForCustomPolicy') {
    iam.violations.push(`${recorded.operation}: ${complaint}`);
    return refuse('ValidationError', complaint);
  }
  switch (recorded.operation) {
    case 'SimulateCustomPolicy':
    case 'SimulatePrincipalPolicy':
      return simulate(iam, recorded.operation, recorded.form);
    case 'GetContextKeysForCustomPolicy':
      return contextKeys(recorded.form);
    default:
      iam.violations.push(`${recorded.operation} is not known`);
      return refuse('InvalidAction');
  }
}

function takeFault({ faults }: FakeIam, operation: string): Fault | undefined {
  const fault = faults.find((one) => one.times > 0 && (one.operation ?? operation) === operation);
  if (fault !== undefined) fault.times -= 1;
  return fault;
}

function read(iam: FakeIam, body: string, { headers }: IncomingMessage): Recorded {
  const action = new URLSearchParams(body).get('Action') ?? '';
  try {
    return { operation: action, form: parseForm(body), body, headers };
  } catch (error) {
    iam.violations.push(`${action}: ${String(error)}`);
    return { operation: action, form: {}, body, headers };
  }
}

function write(response: ServerResponse, { status, body }: Answer, type = 'text/xml'): void {
  response.writeHead(status, { 'content-type': type });
  response.end(body);
}

function respond(iam: FakeIam, recorded: Recorded, response: ServerResponse): void {
  const fault = takeFault(iam, recorded.operation);
  if (fault === undefined) return write(response, answer(iam, recorded));
  if (!BREAKAGES.has(fault.kind)) return write(response, refuse(fault.kind));
  if (fault.kind === 'broken') response.socket?.destroy();
  if (fault.kind === 'foreign') write(response, { status: 200, body: '<html><p>Sign in<br></html>' }, 'text/html');
  if (fault.kind === 'garbled') {
    const { status, body } = answer(iam, recorded);
    write(response, { status, body: body.slice(0, body.length / 2) });
  }
}

async function serve(iam: FakeIam, request: IncomingMessage, response: ServerResponse): Promise<void> {
  iam.inFlight += 1;
  iam.mostInFlight = Math.max(iam.mostInFlight, iam.inFlight);
  const recorded = read(iam, await readText(request), request);
  iam.requests.push(recorded);
  await iam.meanwhile();
  iam.inFlight -= 1;
  respond(iam, recorded, response);
}

const allowAll: Decide = () => ({ decision: 'allowed' });

/** Starts an IAM that simulates policies as it is told, and remembers what it was asked. */
export async function startIam(): Promise<FakeIam> {
  const server = createServer((request, response) => {
    serve(iam, request, response).catch((error: unknown) => {
      iam.violations.push(`the fake failed: ${String(error)}`);
      response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const iam: FakeIam = {
    url: `http://127.0.0.1:${port}`,
    requests: [],
    violations: [],
    faults: [],
    decide: allowAll,
    shape: 'new',
    pageSize: 100,
    meanwhile: async () => {},
    inFlight: 0,
    mostInFlight: 0,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return iam;
}

/** Stops the fake, and throws when it was asked something that IAM refuses. */
export async function stopIam(iam: FakeIam): Promise<void> {
  await iam.close();
  if (iam.violations.length > 0) throw new Error(`IAM would refuse this: ${iam.violations.join('\n')}`);
}
