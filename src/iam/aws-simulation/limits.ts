import type { SimulatedRequest } from '../simulator.ts';

/** Limits of the simulate calls in characters (botocore model of `iam`). */
const ACTION = { least: 3, most: 128 };
const RESOURCE = { least: 1, most: 2048 };
const CONTEXT_KEY = { least: 5, most: 256 };

const fits = ({ length }: string, { least, most }: { readonly least: number; readonly most: number }): boolean =>
  length >= least && length <= most;

/** Why IAM would not simulate a request, as one clause; undefined when it would. */
export function unfitness({ action, resource, context }: SimulatedRequest): string | undefined {
  if (/[*?]/.test(action)) return 'IAM simulates no action with a wildcard in its name';
  if (!/^[^:]+:[^:]+$/.test(action)) return 'IAM simulates only actions of the form service:Action';
  if (!fits(action, ACTION)) return `IAM simulates only actions of ${ACTION.least} to ${ACTION.most} characters`;
  if (!fits(resource, RESOURCE)) return `IAM simulates only resources of at most ${RESOURCE.most} characters`;
  return Object.keys(context).every((key) => fits(key, CONTEXT_KEY))
    ? undefined
    : `IAM takes only context keys of ${CONTEXT_KEY.least} to ${CONTEXT_KEY.most} characters`;
}
