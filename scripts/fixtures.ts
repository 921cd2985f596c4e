/**
 * Makes `__fixtures__/<story>/plan.json` from the HCL of each story, with real Terraform, the real AWS provider and a
 * local AWS (moto_server):
 *
 *   node scripts/fixtures.ts [story…]
 *
 * Needs terraform 1.11.4 and moto_server on the PATH. PLANWARDEN_PROVIDER_MIRROR may name a folder with the provider.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { resetMoto, startMoto } from './fixtures/moto.ts';
import type { Environment, Running } from './fixtures/process.ts';
import { findProvider, startProvider } from './fixtures/provider.ts';
import { listStories } from './fixtures/story.ts';
import type { Story } from './fixtures/story.ts';
import { planStory } from './fixtures/terraform.ts';

const FIXTURES = join(import.meta.dirname, '..', '__fixtures__');

/** Nothing of the caller's environment but the PATH: no credentials, no proxy, no certificates, no Terraform settings. */
function awsEnvironment(moto: Running, home: string): Environment {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    TMPDIR: home,
    CHECKPOINT_DISABLE: '1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL: moto.url,
  };
}

function chosenStories(names: readonly string[]): Story[] {
  const stories = listStories(FIXTURES);
  const missing = names.filter((name) => !stories.some((story) => story.name === name));
  if (missing.length > 0) throw new Error(`No such story: ${missing.join(', ')}.`);
  return names.length === 0 ? stories : stories.filter((story) => names.includes(story.name));
}

/** Makes one plan. Resolves to false when it could not be made, so that one bad story does not hide the others. */
async function makePlan(story: Story, environment: Environment): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'planwarden-story-'));
  const start = performance.now();
  try {
    const plan = await planStory(story, { folder, environment });
    writeFileSync(join(story.folder, 'plan.json'), plan);
    console.log(`${story.name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
    return true;
  } catch (error) {
    console.error(`${story.name}: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Works through the stories that are left, beside the other workers. Each has an AWS and a provider of its own. */
async function work(left: Story[], binary: string, home: string): Promise<void> {
  const moto = await startMoto();
  const base = awsEnvironment(moto, home);
  const provider = await startProvider(binary, base);
  const environment = { ...base, TF_REATTACH_PROVIDERS: provider.url };
  try {
    for (let story = left.shift(); story !== undefined; story = left.shift()) {
      await resetMoto(moto);
      if (!(await makePlan(story, environment))) process.exitCode = 1;
    }
  } finally {
    await Promise.all([provider.stop(), moto.stop()]);
  }
}

async function main(names: readonly string[]): Promise<void> {
  const left = chosenStories(names);
  const home = mkdtempSync(join(tmpdir(), 'planwarden-home-'));
  const workers = Math.min(left.length, availableParallelism());
  try {
    const binary = await findProvider(home);
    await Promise.all(Array.from({ length: workers }, () => work(left, binary, home)));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

// Only a process that exits by itself ends its servers; one that a signal ends would leave them behind.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));
await main(process.argv.slice(2));
