import type { Evidence, Finding } from '../finding/finding.ts';
import type { Review } from '../finding/review.ts';
import { breakCommands } from '../text/escape.ts';
import { escapeXml } from '../text/xml.ts';
import { accessSentence } from './access.ts';
import { consequence, groupBy, inOrder, place } from './model.ts';
import { acceptedBy } from './waiver-lines.ts';

type Outcome = 'failure' | 'skipped' | 'passed';

interface Case {
  readonly outcome: Outcome;
  readonly xml: string;
}

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');

/** A review that does not say which findings fail it is taken at its verdict. */
const isFailing = ({ fails, status, waived }: Finding, { conclusion, mode }: Review): boolean =>
  fails ??
  (conclusion === 'fail' &&
    waived === null &&
    (status === 'introduced' || (mode === 'audit' && status === 'persisting')));

function outcomeOf(finding: Finding, review: Review): Outcome {
  if (isFailing(finding, review)) return 'failure';
  return finding.status === 'resolved' && finding.waived === null ? 'passed' : 'skipped';
}

/** Why something is told and yet fails nothing. */
function reason({ waived, status, severity }: Finding): string {
  if (waived !== null) return `Accepted by ${acceptedBy(waived)}: ${waived.reason}`;
  if (status === 'undetermined') return 'It cannot be known before apply';
  return status === 'persisting'
    ? `${severity}, there before this plan`
    : `${severity}, which does not fail this review`;
}

const evidenceLine = ({ label, before, after }: Evidence): string =>
  `${label}: ${before ?? 'none'} → ${after ?? 'none'}`;

/** All about a finding in plain lines, for the pages that show a failed test. */
function details(finding: Finding): string {
  const at = place(finding);
  const lines = [
    consequence(finding),
    `Severity: ${finding.severity}`,
    `In ${finding.address}${at === null ? '' : ` at ${at}`}`,
    ...finding.evidence.map(evidenceLine),
    ...finding.access.map(accessSentence),
    ...(finding.why === '' ? [] : [`Why: ${finding.why}`]),
    ...(finding.fix === '' ? [] : [`How to fix: ${finding.fix}`]),
    `Policy: ${finding.policy}`,
    `Fingerprint: ${finding.fingerprint}`,
  ];
  return lines.map((line) => escapeXml(line)).join('\n');
}

function content(finding: Finding, outcome: Outcome): string {
  if (outcome === 'passed') return `<system-out>No longer: ${details(finding)}</system-out>`;
  const message = outcome === 'failure' ? consequence(finding) : reason(finding);
  return outcome === 'failure'
    ? `<failure${attributes({ message, type: finding.severity })}>${details(finding)}</failure>`
    : `<skipped${attributes({ message })}/><system-out>${details(finding)}</system-out>`;
}

/** Enough of a fingerprint to tell two findings of one policy at one address apart. */
const TELLING = 8;

/**
 * GitLab tells tests apart by class and name and drops the second of two equal ones, so these stay the same while the
 * finding does, and differ from those of any other (https://docs.gitlab.com/ci/testing/unit_test_reports).
 */
function testcase(finding: Finding, review: Review): Case {
  const { policy, address, title, fingerprint } = finding;
  const outcome = outcomeOf(finding, review);
  const named = attributes({
    classname: policy,
    name: `${title.trim() || policy}: ${address} (${fingerprint.slice(0, TELLING)})`,
    time: 0,
  });
  return { outcome, xml: `    <testcase${named}>${content(finding, outcome)}</testcase>` };
}

const passed = (name: string): Case => ({
  outcome: 'passed',
  xml: `    <testcase${attributes({ classname: 'planwarden', name, time: 0 })}/>`,
});

const failed = (message: string): Case => ({
  outcome: 'failure',
  xml: `    <testcase${attributes({ classname: 'planwarden', name: 'The plan can be judged to the end', time: 0 })}><failure${attributes({ message, type: 'plan' })}/></testcase>`,
});

const counts = (cases: readonly Case[]): Record<string, number> => ({
  tests: cases.length,
  failures: cases.filter(({ outcome }) => outcome === 'failure').length,
  errors: 0,
  skipped: cases.filter(({ outcome }) => outcome === 'skipped').length,
  time: 0,
});

/** What makes the review fail when no finding does: a plan that ended with an error, or is partial. */
function obstacles(review: Review, path: string, cases: readonly Case[]): Case[] {
  const plan = review.plans.find((one) => one.path === path);
  if (plan?.errored === true) return [failed('The plan ended with an error')];
  const isUntold = review.conclusion === 'fail' && plan?.complete === false;
  return isUntold && !cases.some(({ outcome }) => outcome === 'failure') ? [failed('The plan is partial')] : [];
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

function suite(review: Review, path: string, findings: readonly Finding[]): Suite {
  const cases = findings.map((finding) => testcase(finding, review));
  const all = [...obstacles(review, path, cases), ...cases];
  return { name: path, cases: all.length === 0 ? [passed('No findings')] : all };
}

/**
 * JUnit XML as GitLab, Jenkins and test reporters read it: a suite for each plan, a test case for each finding. What
 * fails the review is a failure; what is accepted, not known yet, there before or too mild is skipped; what is resolved,
 * or a plan without findings, has passed. It is valid by
 * the schema of Jenkins' xUnit plug-in, which has no file and line, so places stand in the text. No time is told, so that equal reviews give equal files.
 */
export function renderJunit(review: Review): string {
  const byPlan = new Map(groupBy(inOrder(review.findings), ({ plan }) => plan).map((all) => [all[0].plan, all]));
  const paths = [...new Set([...review.plans.map(({ path }) => path), ...byPlan.keys()])];
  const suites = paths.map((path) => suite(review, path, byPlan.get(path) ?? []));
  const lines = suites.flatMap(({ name, cases }) => [
    `  <testsuite${attributes({ name, ...counts(cases) })}>`,
    ...cases.map(({ xml }) => xml),
    '  </testsuite>',
  ]);
  // The schema knows no count of skipped tests for all suites together.
  const { skipped: _, ...all } = counts(suites.flatMap(({ cases }) => cases));
  return breakCommands(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites${attributes({ name: 'planwarden', ...all })}>`,
      ...lines,
      '</testsuites>\n',
    ].join('\n'),
  );
}
