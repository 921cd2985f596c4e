import { UserError } from '../text/user-error.ts';

/**
 * Everything that walks a plan calls itself for each level, so only a plan that is deeper than the stack makes it overflow.
 * Terraform writes some tens of levels. Such a plan is refused with a sentence; any other error passes on.
 */
export function refuseTooDeep(error: unknown, path: string): never {
  if (!(error instanceof RangeError) || !/call stack/i.test(error.message)) throw error;
  throw new UserError(
    `${path} has a value that is nested too deeply to be judged, as Terraform itself never writes it: make it again with \`terraform show -json\`.`,
  );
}
