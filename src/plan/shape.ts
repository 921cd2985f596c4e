import { UserError } from '../text/user-error.ts';
import type { Configuration } from './configuration.ts';
import type { StateModule } from './plan.ts';

type Raw = { readonly [key: string]: unknown };
type Check = (value: unknown, path: string) => void;

const isRaw = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @throws UserError always: a part of the plan at `path` is of another type than Terraform writes */
export function damaged(path: string, part: string): never {
  throw new UserError(
    `${path} has a ${part} that is not what Terraform writes: the file is damaged, make it again with \`terraform show -json\`.`,
  );
}

/** A list that may be left out. @throws UserError when something else stands there: skipped, it would look like a pass */
export function listOf(value: unknown, part: string, path: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : damaged(path, part);
}

/** An object that may be left out. @throws UserError like {@link listOf} */
export function objectOf(value: unknown, part: string, path: string): Raw | null {
  if (value === undefined || value === null) return null;
  return isRaw(value) ? value : damaged(path, part);
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

/** Members that are strings wherever they are there at all. */
function checkStrings(value: Raw, names: readonly string[], part: string, path: string): void {
  for (const name of names)
    if (value[name] !== undefined && value[name] !== null && typeof value[name] !== 'string') damaged(path, part);
}

const checkProvisioner = mustBeObject('provisioner in its configuration');

const checkBlock: Check = (value, path) => {
  const part = 'resource block in its configuration';
  if (!isRaw(value)) damaged(path, part);
  checkStrings(value, ['mode', 'type', 'name', 'provider_config_key'], part, path);
  eachOf(value['provisioners'], 'list of provisioners in its configuration', path, checkProvisioner);
};

const checkProvider: Check = (value, path) => {
  const part = 'provider in its configuration';
  if (!isRaw(value)) damaged(path, part);
  checkStrings(value, ['name', 'full_name', 'alias', 'module_address', 'version_constraint'], part, path);
};

const checkVariable = mustBeObject('variable in its configuration');
const checkOutput = mustBeObject('output in its configuration');

const checkCall: Check = (value, path) => {
  const part = 'module call in its configuration';
  if (!isRaw(value)) damaged(path, part);
  checkStrings(value, ['source', 'version_constraint'], part, path);
  if (value['module'] !== undefined) checkModule(value['module'], path);
};

const checkModule: Check = (value, path) => {
  if (!isRaw(value)) damaged(path, 'module in its configuration');
  eachOf(value['resources'], 'list of resources in its configuration', path, checkBlock);
  eachIn(value['module_calls'], 'map of module calls in its configuration', path, checkCall);
  eachIn(value['variables'], 'map of variables in its configuration', path, checkVariable);
  eachIn(value['outputs'], 'map of outputs in its configuration', path, checkOutput);
};

/** Tables are read by type, and no provider has a type that every object of JavaScript has as a member. */
export const isResourceType = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && !(value in Object.prototype);

const checkState: Check = (value, path) => {
  if (!isRaw(value) || typeof value['address'] !== 'string' || !isResourceType(value['type']))
    damaged(path, 'resource in its prior state');
};

const checkStateModule: Check = (value, path) => {
  if (!isRaw(value)) damaged(path, 'module in its prior state');
  eachOf(value['resources'], 'list of resources in its prior state', path, checkState);
  eachOf(value['child_modules'], 'list of modules in its prior state', path, checkStateModule);
};

/** The configuration of a plan, whose modules are walked by name. @throws UserError when it has another shape */
export function toConfiguration(value: unknown, path: string): Configuration {
  const configuration = objectOf(value, 'configuration', path);
  if (configuration === null) return {};
  eachIn(configuration['provider_config'], 'map of providers in its configuration', path, checkProvider);
  if (configuration['root_module'] !== undefined) checkModule(configuration['root_module'], path);
  return configuration;
}

/** The resources of the prior state. @throws UserError when they have another shape */
export function toStateModule(value: unknown, path: string): StateModule | undefined {
  if (value === undefined || value === null) return undefined;
  checkStateModule(value, path);
  return value;
}
