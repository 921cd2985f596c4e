import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { readInputs } from '../../src/github/inputs.ts';
import { setOutputs } from '../../src/github/outputs.ts';

const asked = vi.hoisted(() => new Set<string>());
const set = vi.hoisted(() => new Set<string>());

vi.mock('@actions/core', () => ({
  getInput: (name: string) => {
    asked.add(name);
    return '';
  },
  setOutput: (name: string) => set.add(name),
  error: () => {},
  warning: () => {},
  notice: () => {},
  getMultilineInput: (name: string) => {
    asked.add(name);
    return name === 'plan' ? ['plan.json'] : [];
  },
}));

const action = parse(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8'));

test('action.yml names exactly the inputs that are read', () => {
  readInputs();
  expect(Object.keys(action.inputs).toSorted()).toEqual([...asked].toSorted());
});

test('and exactly the outputs that are set', () => {
  setOutputs({
    conclusion: 'pass',
    'introduced-count': 0,
    'report-path': '',
    'sarif-path': '',
    'html-path': '',
    'junit-path': '',
    'comment-url': '',
    'issue-url': '',
    neutral: true,
  });
  expect(Object.keys(action.outputs).toSorted()).toEqual([...set].toSorted());
});

test('its defaults are those of the code', () => {
  const { name, comment, annotations, workingDirectory } = readInputs();
  expect({ name, comment, annotations, workingDirectory }).toEqual({
    name: action.inputs.name.default,
    comment: action.inputs.comment.default,
    annotations: action.inputs.annotations.default,
    workingDirectory: action.inputs['working-directory'].default,
  });
});

test('options that a configuration may set have no default there, since it would win over the file', () => {
  for (const name of ['config', 'policies', 'profile', 'fail-on', 'on-unknown', 'mode', 'simulator', 'source']) {
    expect(action.inputs[name]).not.toHaveProperty('default');
  }
});

test('it runs the bundle on Node 24 and has what the Marketplace asks for', () => {
  expect(action.runs).toEqual({ using: 'node24', main: 'dist/index.js' });
  expect(action.branding.icon).toBe('shield');
  for (const { description } of Object.values<{ description: string }>({ ...action.inputs, ...action.outputs })) {
    expect(description).toMatch(/\.$/);
  }
});
