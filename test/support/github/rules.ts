import { textOf, type JsonObject } from './schema.ts';

/** What GitHub refuses although its OpenAPI description allows it (reference: GitHub platform, section on testing). */
interface Rule {
  readonly message: string;
  readonly applies: (method: string, path: string) => boolean;
  readonly isBroken: (body: JsonObject) => boolean;
}

const LONGEST_BODY = 65_536;
const LONGEST_TITLE = 255;
const MOST_ANNOTATION_BYTES = 64 * 1024;

/** GitHub counts code points. */
const characters = (text: string): number => Array.from(text).length;

const isCheckRun = (_method: string, path: string): boolean => path.includes('/check-runs');
const isComment = (method: string, path: string): boolean => method !== 'GET' && path.includes('/comments');

const object = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null ? (value as JsonObject) : {};

const annotations = (body: JsonObject): JsonObject[] => {
  const list = object(body['output'])['annotations'];
  return Array.isArray(list) ? list.map(object) : [];
};

const anyAnnotation = (test: (annotation: JsonObject) => boolean) => (body: JsonObject) => annotations(body).some(test);

const bytes = (value: unknown): number => (typeof value === 'string' ? Buffer.byteLength(value) : 0);

const isReview = (_method: string, path: string): boolean => path.endsWith('/reviews');

const remarks = (body: JsonObject): JsonObject[] => {
  const list = body['comments'];
  return Array.isArray(list) ? list.map(object) : [];
};

export const RULES: readonly Rule[] = [
  {
    message: 'a review with event COMMENT needs a body',
    applies: isReview,
    isBroken: ({ event, body }) => event === 'COMMENT' && textOf(body).trim() === '',
  },
  {
    message: 'Body is too long (maximum is 65536 characters)',
    applies: isReview,
    isBroken: (body) => remarks(body).some((remark) => characters(textOf(remark['body'])) > LONGEST_BODY),
  },
  {
    message: 'start_line must be before line',
    applies: isReview,
    isBroken: (body) =>
      remarks(body).some(({ start_line: start, line }) => start !== undefined && Number(start) >= Number(line)),
  },
  {
    message: 'Body is too long (maximum is 65536 characters)',
    applies: isComment,
    isBroken: ({ body }) => typeof body === 'string' && characters(body) > LONGEST_BODY,
  },
  {
    message: "Body can't be blank",
    applies: isComment,
    isBroken: ({ body }) => typeof body === 'string' && body.trim() === '',
  },
  {
    message: 'conclusion is required when status is completed',
    applies: isCheckRun,
    isBroken: ({ status, conclusion }) => status === 'completed' && conclusion === undefined,
  },
  {
    message: 'annotation title is too long (maximum is 255 characters)',
    applies: isCheckRun,
    isBroken: anyAnnotation(({ title }) => typeof title === 'string' && characters(title) > LONGEST_TITLE),
  },
  {
    message: 'annotation message or raw_details is too large (maximum is 64 KB)',
    applies: isCheckRun,
    isBroken: anyAnnotation(
      ({ message, raw_details: raw }) => Math.max(bytes(message), bytes(raw)) > MOST_ANNOTATION_BYTES,
    ),
  },
  {
    message: 'annotation columns are only allowed on a single line',
    applies: isCheckRun,
    isBroken: anyAnnotation(
      ({ start_line: start, end_line: end, start_column: column, end_column: endColumn }) =>
        start !== end && (column !== undefined || endColumn !== undefined),
    ),
  },
  {
    message: 'annotation lines must be positive and in order',
    applies: isCheckRun,
    isBroken: anyAnnotation(({ start_line: start, end_line: end }) => Number(start) < 1 || Number(end) < Number(start)),
  },
  {
    message: 'annotation path must be relative to the repository',
    applies: isCheckRun,
    isBroken: anyAnnotation(({ path }) => /^(?:\.{0,2}\/|$)|\\/.test(textOf(path))),
  },
];
