import { UserError } from '../text/user-error.ts';
import type { Configuration } from './configuration.ts';
import type { StateModule } from './plan.ts';

type Raw = { readonly [key: string]: unknown };
type Check = (value: unknown, path: string) => void;

const isRaw = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);

function damaged(path: string, part: string): never {
  throw new UserError(
    `${path} has a ${part} that is not what Terraform writes: the file is damaged, make it again with \`terraform show -json\`.`,
  );
}

/** A part may be left out; when it is there every item of it must pass. */
function eachOf(value: unknown, part: string, path: string, check: Check): void {
  if (value === undefined || value === null) return;
  if (!Array.isArray(value)) damaged(path, part);
  for (const item of value) check(item, path);
}

function eachIn(value: unknown, part: string, path: string, check: Check): void {
  if (value === undefined || value === null) return;
  if (!isRaw(value)) damaged(path, part);
  for (const key in value) check(value[key], path);
}

const mustBeObject =
  (part: string): Check =>
  (value, path) => {
    if (!isRaw(value)) damaged(path, part);
  };

const checkBlock = mustBeObject('resource block in its configuration');
const checkVariable = mustBeObject('variable in its configuration');
const checkOutput = mustBeObject('output in its configuration');

const checkCall: Check = (value, path) => {
  if (!isRaw(value)) damaged(path, 'module call in its configuration');
  if (value['module'] !== undefined) checkModule(value['module'], path);
};

const checkModule: Check = (value, path) => {
  if (!isRaw(value)) damaged(path, 'module in its configuration');
  eachOf(value['resources'], 'list of resources in its configuration', path, checkBlock);
  eachIn(value['module_calls'], 'map of module calls in its configuration', path, checkCall);
  eachIn(value['variables'], 'map of variables in its configuration', path, checkVariable);
  eachIn(value['outputs'], 'map of outputs in its configuration', path, checkOutput);
};

const checkState: Check = (value, path) => {
  if (!isRaw(value) || typeof value['address'] !== 'string' || typeof value['type'] !== 'string')
    damaged(path, 'resource in its prior state');
};

const checkStateModule: Check = (value, path) => {
  if (!isRaw(value)) damaged(path, 'module in its prior state');
  eachOf(value['resources'], 'list of resources in its prior state', path, checkState);
  eachOf(value['child_modules'], 'list of modules in its prior state', path, checkStateModule);
};

/** The configuration of a plan, whose modules are walked by name. @throws UserError when it has another shape */
export function toConfiguration(value: unknown, path: string): Configuration {
  if (!isRaw(value)) return {};
  if (value['root_module'] !== undefined) checkModule(value['root_module'], path);
  return value;
}

/** The resources of the prior state. @throws UserError when they have another shape */
export function toStateModule(value: unknown, path: string): StateModule | undefined {
  if (value === undefined || value === null) return undefined;
  checkStateModule(value, path);
  return value;
}
