import type { Location, Log, Notification, ReportingDescriptor, Result, Run } from 'sarif';
import type { Finding } from '../finding/finding.ts';
import type { Review } from '../finding/review.ts';
import type { Severity } from '../finding/severity.ts';
import { escapeJson, escapeMarkdownText, escapeSarifMessage } from '../text/escape.ts';
import { consequence, groupBy, groupFindings, inOrder, toAct, urlPath } from './model.ts';
import { policyUrl } from './policy-url.ts';
import { acceptedBy } from './waiver-lines.ts';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const HOME = 'https://github.com/planwarden/planwarden';

/** Limits of code scanning: it refuses a file with more. */
const MOST_RUNS = 20;
const MOST_RESULTS = 25_000;
const LONGEST_DESCRIPTION = 1_024;

const LEVELS = { critical: 'error', high: 'error', medium: 'warning', low: 'note', info: 'note' } as const;

/** GitHub ranks alerts by this number: above 9 is critical, 7 high, 4 medium, anything else low. */
const SCORES: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  info: '0.1',
};

const text = (sentence: string, max?: number): string => escapeSarifMessage(sentence, max) || 'No text.';

/** A policy with its help. `worst` is the worst finding: code scanning knows a severity per rule, not per result. */
function toRule([worst, ...others]: readonly [Finding, ...Finding[]]): ReportingDescriptor {
  const { policy, title, why, fix, references, severity } = inOrder([worst, ...others])[0] ?? worst;
  const url = policyUrl(policy);
  const listed = references.map((reference) => `- ${escapeMarkdownText(reference)}`).join('\n');
  const markdown = [`**Why:** ${escapeMarkdownText(why)}`, `**How to fix:** ${escapeMarkdownText(fix)}`, listed];
  return {
    id: policy,
    shortDescription: { text: text(title || policy, LONGEST_DESCRIPTION) },
    fullDescription: { text: text(why || title || policy, LONGEST_DESCRIPTION) },
    help: {
      text: text([`Why: ${why}`, `How to fix: ${fix}`, ...references].join(' · ')),
      markdown: markdown.filter((part) => part !== '').join('\n\n'),
    },
    ...(url === null ? {} : { helpUri: url }),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      tags: ['security', 'terraform', 'aws'],
      precision: 'high',
      'security-severity': SCORES[severity],
    },
  };
}

/** A plan's path as a URI of the repository; standard input and paths outside the repository have none. */
const planUri = (plan: string): string => urlPath(plan.replace(/^\.\//, '')) ?? 'plan.json';

/**
 * Code scanning refuses a result without a place in a file. A finding whose source is not known stands at the first
 * line of its plan, and its address says the rest.
 */
function toLocation({ location, plan, address, resourceType }: Finding): Location {
  const uri = location === null ? null : urlPath(location.path);
  const physicalLocation =
    location === null || uri === null
      ? { artifactLocation: { uri: planUri(plan) }, region: { startLine: 1 } }
      : { artifactLocation: { uri }, region: { startLine: location.startLine, endLine: location.endLine } };
  return {
    physicalLocation,
    logicalLocations: [{ fullyQualifiedName: address, name: resourceType, kind: 'resource' }],
  };
}

const suppression = ({ waived }: Finding): Pick<Result, 'suppressions'> =>
  waived === null
    ? {}
    : {
        suppressions: [
          {
            kind: waived.comment === undefined ? 'external' : 'inSource',
            status: 'accepted',
            justification: text(`${waived.reason} (${acceptedBy(waived)})`),
          },
        ],
      };

function toResult(finding: Finding, rules: ReadonlyMap<string, number>): Result {
  const { policy, severity, address, status, attribute, evidence, fingerprint } = finding;
  return {
    ruleId: policy,
    ruleIndex: rules.get(policy) ?? -1,
    level: LEVELS[severity],
    message: { text: text(`${consequence(finding)} (${address})`) },
    locations: [toLocation(finding)],
    // The first is the only one that code scanning reads; were it left out, two findings on one line would be one alert.
    partialFingerprints: { primaryLocationLineHash: `${fingerprint}:1`, 'planwarden/v1': fingerprint },
    baselineState: status === 'persisting' ? 'unchanged' : 'new',
    ...suppression(finding),
    properties: { severity, address, ...(attribute === null ? {} : { attribute }), evidence },
  };
}

const toNotification = (sentence: string): Notification => ({ level: 'warning', message: { text: text(sentence) } });

/** What a reader must know beside the results: notes, and what nobody can judge before apply. */
const notifications = (review: Review, undetermined: readonly Finding[]): Notification[] => [
  ...review.notes.map(toNotification),
  ...undetermined.map((finding) => toNotification(`${consequence(finding)} (${finding.address}, ${finding.policy})`)),
];

interface Slice {
  /** Plans whose findings make up the run, named for code scanning, which keeps each name's alerts apart. */
  readonly name: string;
  readonly holds: (finding: Finding) => boolean;
}

/** One run for each plan, or one for all when there are more plans than a file may have runs. */
const slices = ({ plans }: Review): readonly Slice[] =>
  plans.length === 0 || plans.length > MOST_RUNS
    ? [{ name: 'all plans', holds: () => true }]
    : groupBy(plans, ({ path }) => path).map(([{ path }]) => ({ name: path, holds: ({ plan }) => plan === path }));

function toRun(review: Review, { name, holds }: Slice): Run {
  const groups = groupFindings(review);
  const waived = groups.waived.filter(
    ({ status }) => status === 'introduced' || (status === 'persisting' && review.mode === 'audit'),
  );
  const findings = [...toAct(review, groups), ...waived].filter(holds).slice(0, MOST_RESULTS);
  const byPolicy = groupBy(findings, ({ policy }) => policy);
  const rules = new Map(byPolicy.map(([{ policy }], index) => [policy, index]));
  return {
    tool: {
      driver: {
        name: review.tool.name,
        semanticVersion: review.tool.version,
        informationUri: HOME,
        rules: byPolicy.map(toRule),
      },
    },
    automationDetails: { id: `planwarden/${name}/` },
    columnKind: 'utf16CodeUnits',
    invocations: [
      {
        executionSuccessful: true,
        toolExecutionNotifications: notifications(review, groups.undetermined.filter(holds)),
      },
    ],
    results: findings.map((finding) => toResult(finding, rules)),
  };
}

/**
 * SARIF 2.1.0 for code scanning: what this plan introduces (in an audit, whatever is bad), accepted findings as
 * suppressed. Alerts keep their identity through our fingerprint.
 */
export function renderSarif(review: Review): string {
  const log: Log = { $schema: SCHEMA, version: '2.1.0', runs: slices(review).map((slice) => toRun(review, slice)) };
  return `${escapeJson(JSON.stringify(log, null, 2))}\n`;
}
