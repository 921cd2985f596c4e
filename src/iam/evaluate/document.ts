import type { Document, Statement } from '../../aws/policy-document/statement.ts';
import { and } from '../../aws/policy-document/ternary.ts';
import type { Ternary } from '../../aws/policy-document/ternary.ts';
import { principalsMatch } from '../match/principal.ts';
import type { Requester } from '../match/principal.ts';
import { actionSet, conditionsHold, readsVariables, statementTest } from '../match/statement.ts';
import type { ContextValues, StatementTest } from '../match/statement.ts';
import { Symbols } from '../match/symbols.ts';
import type { Resolve } from '../match/symbols.ts';
import type { TextSet } from '../match/text-set.ts';

/** A request as statements are asked about it. Tokens of it are symbols in the alphabet of the statements. */
export interface Asked {
  /** In lower case. */
  readonly action: string;
  readonly resource: string;
  readonly requester: Requester;
  readonly context: ContextValues;
  readonly hasBoundary: boolean;
}

/** What one statement says of a request. */
export interface StatementMatch {
  readonly statement: Statement;
  /** `yes` or `maybe`; statements that do not match are left out. */
  readonly matches: Ternary;
}

/** What one document says of a request. */
export interface DocumentMatch {
  readonly allows: readonly StatementMatch[];
  readonly denies: readonly StatementMatch[];
  /** Keys, as they were written, that matching statements test and the request lacks. */
  readonly missing: readonly string[];
}

/** A document that can be asked about many requests, in which tokens are written as in the document. */
export interface DocumentTest {
  readonly document: Document;
  ask(asked: Asked): DocumentMatch;
}

/** A statement that reads differently in every request: of it, only the actions can be compiled. */
interface Variable {
  readonly statement: Statement;
  readonly actions: TextSet;
}

/** Compiles a document once; statements with policy variables are compiled anew for every request about their actions. */
export function documentTest(document: Document, symbols: Symbols = new Symbols()): DocumentTest {
  const tests = document.statements.map((statement): StatementTest | Variable =>
    readsVariables(statement)
      ? { statement, actions: actionSet(statement, symbols) }
      : statementTest(statement, symbols),
  );
  return {
    document,
    ask: (request) => {
      const asked = encoded(request, symbols);
      const allows: StatementMatch[] = [];
      const denies: StatementMatch[] = [];
      const missing: string[] = [];
      for (const each of tests) {
        const test = 'conditions' in each ? each : testFor(each, asked, symbols);
        if (!test) continue;
        const scope = scopeMatches(test, asked);
        if (scope === 'no') continue;
        missing.push(...missingKeys(test, asked.context));
        const matches = and(scope, conditionsHold(test, asked.context));
        if (matches !== 'no')
          (test.statement.effect === 'Allow' ? allows : denies).push({ statement: test.statement, matches });
      }
      return { allows, denies, missing };
    },
  };
}

/** A statement with variables as one request reads it; undefined when it is about other actions. */
const testFor = ({ statement, actions }: Variable, asked: Asked, symbols: Symbols): StatementTest | undefined =>
  actions.matches(asked.action) === 'no'
    ? undefined
    : statementTest(statement, symbols, resolver(asked.context), actions);

/** The request in the alphabet of a document. */
function encoded(asked: Asked, symbols: Symbols): Asked {
  const resource = symbols.text(asked.resource);
  const context: ContextValues = (key) => asked.context(key)?.map((value) => symbols.text(value));
  return { ...asked, resource, context };
}

/** Whether a statement speaks about the request, whatever its conditions say. */
export function scopeMatches(test: StatementTest, { action, resource, requester, hasBoundary }: Asked): Ternary {
  const actions = test.actions.matches(action);
  if (actions === 'no') return 'no';
  const resources = test.resources.matches(resource);
  if (resources === 'no') return 'no';
  const { principals, effect } = test.statement;
  return and(actions, resources, principalsMatch(principals, requester, effect, hasBoundary));
}

/** A variable has the value of its key when the request carries exactly one. */
export const resolver =
  (context: ContextValues): Resolve =>
  ({ key }) => {
    const values = context(key);
    return values?.length === 1 ? (values[0] ?? null) : null;
  };

const missingKeys = ({ conditions }: StatementTest, context: ContextValues): readonly string[] =>
  conditions
    .filter(({ family, key }) => family !== 'presence' && context(key) === undefined)
    .map(({ condition }) => condition.label.slice(condition.label.indexOf(' ') + 1));
