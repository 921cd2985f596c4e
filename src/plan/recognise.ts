import { UserError } from '../text/user-error.ts';

const SHOW = '`terraform show -json tfplan > plan.json`';

const startsWith = (bytes: Uint8Array, ...prefix: number[]): boolean =>
  prefix.every((byte, index) => bytes[index] === byte);

/** True when a file begins with `{`: UTF-8 without a byte order mark, as nearly every plan is. */
export const beginsObject = (start: Uint8Array): boolean => start[0] === 0x7b && start[1] !== 0;

/**
 * Turns the bytes of a plan file into text, taking off a byte order mark and reading UTF-16 as some Windows shells write it.
 * @throws UserError for a binary plan file and for an empty file.
 */
export function decodeText(bytes: Uint8Array, path: string): string {
  if (startsWith(bytes, 0x50, 0x4b)) {
    throw new UserError(
      `${path} is a binary plan file: run ${SHOW} in the directory where \`terraform init\` ran, and give planwarden plan.json.`,
    );
  }
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0x7b, 0)) return new TextDecoder('utf-16le').decode(bytes);
  if (startsWith(bytes, 0xfe, 0xff)) return new TextDecoder('utf-16be').decode(bytes);
  const text = new TextDecoder('utf-8').decode(bytes);
  if (text.trim() === '') throw new UserError(`${path} is empty: write the plan into it with ${SHOW}.`);
  return text;
}

/** Explains text that JSON.parse refused: what it most likely is, and what to do. */
export function explainNotJson(text: string, path: string): UserError {
  const start = text.trimStart();
  if (start.startsWith('[command]') || /^\S*terraform\S* show/.test(start) || /\n::debug::/.test(text.slice(-2_000))) {
    return new UserError(
      `${path} holds output of the hashicorp/setup-terraform wrapper around the JSON: set \`terraform_wrapper: false\` on that step and make the file again.`,
    );
  }
  const firstLine = start.slice(0, start.search(/[\r\n]|$/));
  if (/^\{.*"@level"/.test(firstLine)) return explainPlanLog(path);
  if (start.startsWith('{')) {
    return new UserError(
      `${path} is cut off or damaged JSON: make it again with ${SHOW}, and check that the step before did not fail.`,
    );
  }
  return new UserError(`${path} is not JSON: give planwarden the output of ${SHOW}.`);
}

export const explainPlanLog = (path: string): UserError =>
  new UserError(
    `${path} is the log of \`terraform plan -json\`, not a plan: use \`terraform plan -out=tfplan\` and then ${SHOW}.`,
  );

/**
 * Checks that a parsed document is a plan of a format we know: 0.1, 0.2 or any 1.x (a minor increase is additive by contract).
 * @throws UserError that says what the document is instead and what to do.
 */
export function assertPlan(document: unknown, path: string): asserts document is Record<string, unknown> {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new UserError(`${path} is JSON but not a plan: give planwarden the output of ${SHOW}.`);
  }
  if ('@level' in document) throw explainPlanLog(path);
  if ('lineage' in document || ('serial' in document && 'resources' in document)) {
    throw new UserError(
      `${path} is a Terraform state file, not a plan: run \`terraform plan -out=tfplan\` and then ${SHOW}.`,
    );
  }
  const version = 'format_version' in document ? document.format_version : undefined;
  if (typeof version !== 'string') {
    throw new UserError(`${path} is JSON but not a plan (no "format_version"): give planwarden the output of ${SHOW}.`);
  }
  if (!/^(0\.[12]|1\.\d+)$/.test(version)) {
    throw new UserError(
      `${path} has plan format ${JSON.stringify(version.slice(0, 20))}, which this version of planwarden does not know (it reads 0.1, 0.2 and 1.x): update planwarden.`,
    );
  }
  if (!('planned_values' in document) && !('configuration' in document)) {
    throw new UserError(
      `${path} is the JSON of a state, not of a plan: run \`terraform plan -out=tfplan\` and then ${SHOW}.`,
    );
  }
}
