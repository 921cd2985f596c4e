import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** What people write by hand beside their Terraform code. */
const WRITTEN =
  /\.(?:tf|tofu|tfvars|hcl|json|ya?ml|sh|ps1|py|rb|env|pem|key|cfg|conf|ini|toml|properties|tftpl|tpl)$|^\.env/;

/** Longer files are made by machines: plans, states, bundles. */
const LONGEST = 256 * 1024;

const isPlanOrState = (text: string): boolean => /"(?:terraform_version|format_version)"/.test(text.slice(0, 4096));

const entriesOf = (directory: string): Dirent[] => {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
};

/**
 * The texts of the files that stand directly in a directory, with paths from `root`. Plans and states are left out: they
 * are read as what they are.
 */
export function textsIn(directory: string, root: string): { path: string; line: number; text: string }[] {
  return entriesOf(directory)
    .filter((entry) => entry.isFile() && WRITTEN.test(entry.name))
    .map(({ name }) => join(directory, name))
    .filter((file) => statSync(file).size <= LONGEST)
    .map((file) => ({ path: relative(root, file).split(sep).join('/'), line: 1, text: readFileSync(file, 'utf8') }))
    .filter(({ text }) => !isPlanOrState(text));
}
