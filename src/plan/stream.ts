import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { JSONParser } from '@streamparser/json';
import { UserError } from '../text/user-error.ts';
import type { Change } from './change.ts';
import { toChanges, toPlan } from './parse.ts';
import type { Plan } from './plan.ts';
import { assertPlan } from './recognise.ts';
import { refuseTooDeep } from './too-deep.ts';

/**
 * Reads a plan that is too long for one JavaScript string, resource change by resource change.
 * @param path how the user named it, for messages
 */
export async function streamPlan(file: string, path: string): Promise<Plan> {
  const document: Record<string, unknown> = {};
  const changes: Change[] = [];
  const hash = createHash('sha256');
  const parser = new JSONParser({ paths: ['$.*', '$.resource_changes.*'], keepStack: false });
  parser.onValue = ({ value, key, stack }) => {
    if (stack.length === 2) changes.push(...toChanges([value], path));
    else if (typeof key === 'string' && key !== 'resource_changes') document[key] = value;
  };
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      hash.update(chunk as Uint8Array);
      parser.write(chunk as Uint8Array);
    }
  } catch (error) {
    if (error instanceof UserError || (error instanceof Error && 'code' in error)) throw error;
    throw new UserError(
      `${path} is cut off or damaged JSON: make it again with \`terraform show -json tfplan > plan.json\`.`,
    );
  }
  if (!parser.isEnded)
    throw new UserError(`${path} is cut off: make it again with \`terraform show -json tfplan > plan.json\`.`);
  assertPlan(document, path);
  try {
    return toPlan(document, path, changes, hash.digest('hex'));
  } catch (error) {
    return refuseTooDeep(error, path);
  }
}
