import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Expression } from '../../src/plan/expression.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { constants } from '../../src/policy/constants.ts';
import { judgeAll } from '../../src/policy/engine.ts';
import { runExamples } from '../../src/policy/examples.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { findSecrets } from '../../src/secrets/find.ts';
import type { ExpressionLookup } from '../../src/secrets/written.ts';
import { secret, secretKind } from '../../src/subjects/secret.ts';
import { buildWorlds } from '../../src/world/build.ts';
import { noExpressions } from '../../src/world/expressions.ts';
import { anySample } from '../secrets/tokens.ts';
import { changeOf, planOf, storyPlan } from '../support/plan.ts';

const NAMES = ['known-token-format', 'hard-coded-sensitive-argument', 'secret-in-user-data', 'secret-in-environment'];

const POLICIES = NAMES.map((name) => {
  const file = `policies/secrets/${name}.yaml`;
  return loadPolicy(readFileSync(file, 'utf8'), `secrets/${name}`, file, {
    kinds: new Map([[secret.name, secret]]),
    constants: constants(),
  });
});

const OPTIONS = {
  ownAccounts: [],
  trustedAccounts: [],
  organizationId: undefined,
  logBuckets: [],
  publicBuckets: [],
  breakGlass: [],
};

const judge = async (plan: Plan, audit = false, expressions?: ExpressionLookup) => {
  const kind = secretKind(await findSecrets(plan, { audit, expressions }));
  const built = kind.build(buildWorlds(plan, noExpressions), { ...OPTIONS, audit });
  return judgeAll(POLICIES, [{ kind, ...built }], { audit, constants: constants(), isGone: () => false });
};

/** `introduced critical known-token-format at aws_x.y attribute` of each finding. */
const review = async (plan: Plan, audit = false, expressions?: ExpressionLookup): Promise<string[]> =>
  (await judge(plan, audit, expressions)).map(
    ({ policy, status, severity, subject, attribute }) =>
      `${status} ${severity} ${policy.id.replace('secrets/', '')} at ${subject.address} ${attribute ?? ''}`,
  );

const GITHUB = ['gh', 'p_q7Gm2XvT9bLw4ZkRp8Ns3Yd6Hc1Jf5Ae0Ui2'].join('');
const OTHER = GITHUB.replace('q7Gm', 'w8Hn');
const PASSWORD = 'Ahvoo7-rieTh4-quaeY9';

const create = (address: string, after: object, more: object = {}): object =>
  changeOf(address, ['create'], { after, ...more });
const update = (address: string, before: object, after: object, more: object = {}): object =>
  changeOf(address, ['update'], { before, after, ...more });

const lambda = (variables: object): object => ({ function_name: 'shop', environment: [{ variables }] });

const configured = (type: string, name: string, expressions: object): object => ({
  root_module: { resources: [{ address: `${type}.${name}`, mode: 'managed', type, name, expressions }] },
});

const database = (password: string, expression: object, more: object = {}): Plan =>
  planOf({
    resource_changes: [create('aws_db_instance.orders', { password }, { after_sensitive: { password: true } })],
    configuration: configured('aws_db_instance', 'orders', { password: expression }),
    ...more,
  });

describe('the policies', () => {
  it.each(POLICIES.map((policy) => [policy.id, policy] as const))('%s does what its examples say', (_, policy) => {
    expect(runExamples(policy, secret, constants())).toEqual([]);
  });
});

describe('the stories', () => {
  it.each([
    [
      'secret-in-lambda-environment',
      [
        'introduced critical known-token-format at aws_lambda_function.checkout environment.variables.DATABASE_URL',
        'introduced high secret-in-environment at aws_lambda_function.checkout environment.variables.SIGNING_SECRET',
      ],
    ],
    [
      'secret-in-user-data',
      [
        'introduced critical secret-in-user-data at aws_instance.app user_data',
        'introduced critical secret-in-user-data at aws_instance.app user_data',
      ],
    ],
    [
      'secret-in-provider-block',
      [
        'introduced critical known-token-format at provider.aws access_key',
        'introduced critical known-token-format at provider.aws secret_key',
      ],
    ],
    [
      'secret-in-variable-default',
      [
        'introduced critical known-token-format at var.mail_access_key_id default',
        'introduced critical known-token-format at var.mail_secret_access_key default',
      ],
    ],
    [
      'secret-in-database-password',
      ['introduced high hard-coded-sensitive-argument at aws_db_instance.orders password'],
    ],
  ])('%s', async (story, expected) => {
    expect((await review(storyPlan(story))).toSorted()).toEqual(expected);
  });
});

describe('a known format', () => {
  it('is one finding with all its places', async () => {
    const [finding, ...others] = await judge(
      planOf({
        resource_changes: [
          create('aws_lambda_function.a', lambda({ TOKEN: GITHUB })),
          create('aws_sns_topic.b', { display_name: GITHUB }),
        ],
        output_changes: {
          token: { actions: ['create'], before: null, after: GITHUB, after_sensitive: false, before_sensitive: false },
        },
      }),
    );
    expect(others).toEqual([]);
    expect(finding?.message).toBe(
      'Everyone who can read the plan, the state or the code gets the GitHub token in aws_lambda_function.a environment.variables.TOKEN, aws_sns_topic.b display_name, output.token value',
    );
  });

  it.each([
    [
      'a provisioner',
      {
        root_module: {
          resources: [
            {
              mode: 'managed',
              type: 'null_resource',
              name: 'x',
              provisioners: [{ type: 'local-exec', expressions: { command: { constant_value: `curl -H ${GITHUB}` } } }],
            },
          ],
        },
      },
      'null_resource.x provisioner',
    ],
    [
      'a module argument',
      { root_module: { module_calls: { ci: { expressions: { token: { constant_value: GITHUB } }, module: {} } } } },
      'module.ci token',
    ],
    [
      'a variable of a module',
      { root_module: { module_calls: { ci: { module: { variables: { token: { default: { a: [GITHUB] } } } } } } } },
      'module.ci.var.token default.a',
    ],
    [
      'another provider',
      {
        provider_config: {
          github: { name: 'github', alias: 'shop', expressions: { token: { constant_value: GITHUB } } },
        },
      },
      'provider.github.shop token',
    ],
  ])('is found in %s', async (_, configuration, place) => {
    expect(await review(planOf({ configuration }))).toEqual([`introduced critical known-token-format at ${place}`]);
  });

  it.each([
    ['only in a provider block', {}, ' (the plan cannot show whether it is new)'],
    ['in a resource too', { resource_changes: [create('aws_sns_topic.b', { display_name: GITHUB })] }, ''],
  ])('%s says whether the plan shows that it is new', async (_, more, note) => {
    const configuration = {
      provider_config: { github: { name: 'github', expressions: { token: { constant_value: GITHUB } } } },
    };
    const [finding] = await judge(planOf({ configuration, ...more }));
    expect(finding?.status).toBe('introduced');
    expect(finding?.message.endsWith(note)).toBe(true);
    expect(finding?.message.includes('cannot show')).toBe(note !== '');
  });

  it('persists where the same value was there before, in whatever place', async () => {
    const plan = planOf({
      resource_changes: [
        update('aws_sns_topic.b', { display_name: 'x' }, { display_name: GITHUB }),
        update('aws_lambda_function.a', lambda({ TOKEN: GITHUB }), lambda({ TOKEN: GITHUB, STAGE: 'test' })),
      ],
    });
    expect(await review(plan)).toEqual(['persisting critical known-token-format at aws_sns_topic.b display_name']);
  });

  it('is new when it replaces another one, and resolved when nothing takes its place', async () => {
    const change = (after: object): Plan =>
      planOf({ resource_changes: [update('aws_lambda_function.a', lambda({ TOKEN: GITHUB }), lambda(after))] });
    expect(await review(change({ TOKEN: OTHER }))).toEqual([
      'introduced critical known-token-format at aws_lambda_function.a environment.variables.TOKEN',
    ]);
    expect(await review(change({ STAGE: 'test' }))).toEqual([
      'resolved critical known-token-format at aws_lambda_function.a environment.variables.TOKEN',
    ]);
  });

  it('that does not change is told in an audit only', async () => {
    const plan = planOf({
      resource_changes: [
        changeOf('aws_sns_topic.b', ['no-op'], { before: { display_name: GITHUB }, after: { display_name: GITHUB } }),
      ],
    });
    expect(await review(plan)).toEqual([]);
    expect(await review(plan, true)).toEqual([
      'persisting critical known-token-format at aws_sns_topic.b display_name',
    ]);
  });

  it('from the pipeline may stand where secrets belong', async () => {
    const plan = planOf({
      variables: { token: { value: GITHUB } },
      resource_changes: [
        create(
          'aws_secretsmanager_secret_version.x',
          { secret_string: GITHUB },
          { after_sensitive: { secret_string: true } },
        ),
      ],
      configuration: {
        root_module: {
          variables: { token: { sensitive: true } },
          resources: [
            {
              mode: 'managed',
              type: 'aws_secretsmanager_secret_version',
              name: 'x',
              expressions: { secret_string: { references: ['var.token'] } },
            },
          ],
        },
      },
    });
    expect(await review(plan)).toEqual([]);
  });

  it('keeps its fingerprint from run to run', async () => {
    const plan = planOf({ resource_changes: [create('aws_sns_topic.b', { display_name: GITHUB })] });
    const [finding] = await judge(plan);
    expect(finding?.subject.id).toBe('github-token aws_sns_topic.b display_name');
  });
});

it('tells two secrets in one place apart', async () => {
  const plan = planOf({ resource_changes: [create('aws_sns_topic.b', { display_name: `${GITHUB} ${OTHER}` })] });
  expect((await judge(plan)).map(({ subject }) => subject.id)).toEqual([
    'github-token aws_sns_topic.b display_name',
    'github-token aws_sns_topic.b display_name #2',
  ]);
});

describe('a sensitive argument', () => {
  it('is a finding when it is a constant or a default', async () => {
    const found = ['introduced high hard-coded-sensitive-argument at aws_db_instance.orders password'];
    expect(await review(database(PASSWORD, { constant_value: PASSWORD }))).toEqual(found);
    expect(await review(database(PASSWORD, { references: ['local.password'] }))).toEqual(found);
  });

  it('is told at the default that it comes from', async () => {
    const configuration = {
      root_module: {
        variables: { password: { default: PASSWORD } },
        resources: [
          {
            mode: 'managed',
            type: 'aws_db_instance',
            name: 'orders',
            expressions: { password: { references: ['var.password'] } },
          },
        ],
      },
    };
    const plan = database(PASSWORD, {}, { configuration, variables: { password: { value: PASSWORD } } });
    expect(await review(plan)).toEqual(['introduced high hard-coded-sensitive-argument at var.password default']);
  });

  it.each([
    [
      'a variable without default',
      database(PASSWORD, { references: ['var.password'] }, { variables: { password: { value: PASSWORD } } }),
    ],
    ['another resource', database(PASSWORD, { references: ['random_password.db.result', 'random_password.db'] })],
    ['a data source', database(PASSWORD, { references: ['data.aws_secretsmanager_secret_version.db.secret_string'] })],
  ])('from %s is silent', async (_, plan) => {
    expect(await review(plan)).toEqual([]);
  });

  it('with a stand-in is low', async () => {
    expect(await review(database('changeme', { constant_value: 'changeme' }))).toEqual([
      'introduced low hard-coded-sensitive-argument at aws_db_instance.orders password',
    ]);
  });

  it('that is write-only is read from the configuration, and persists until its version changes', async () => {
    const configuration = configured('aws_db_instance', 'orders', { password_wo: { constant_value: PASSWORD } });
    const before = { password_wo: null, password_wo_version: 1, tags: null };
    const plan = (actions: readonly string[], from: object | null, version: number): Plan =>
      planOf({
        configuration,
        resource_changes: [
          changeOf('aws_db_instance.orders', actions, {
            before: from,
            after: { ...before, tags: {}, password_wo_version: version },
          }),
        ],
      });
    const told = 'high hard-coded-sensitive-argument at aws_db_instance.orders password_wo';
    expect(await review(plan(['create'], null, 1))).toEqual([`introduced ${told}`]);
    expect(await review(plan(['update'], before, 2))).toEqual([`introduced ${told}`]);
    expect(await review(plan(['update'], before, 1))).toEqual([]);
    expect(await review(plan(['update'], before, 1), true)).toEqual([`persisting ${told}`]);
  });

  it('of a parameter counts only where it is kept as a secret', async () => {
    const parameter = (type: string): Plan =>
      planOf({
        resource_changes: [
          create('aws_ssm_parameter.x', { type, value: PASSWORD }, { after_sensitive: { value: true } }),
        ],
        configuration: configured('aws_ssm_parameter', 'x', { value: { constant_value: PASSWORD } }),
      });
    expect(await review(parameter('String'))).toEqual([]);
    expect(await review(parameter('SecureString'))).toEqual([
      'introduced high hard-coded-sensitive-argument at aws_ssm_parameter.x value',
    ]);
  });

  it('in a nested block is found', async () => {
    const plan = planOf({
      resource_changes: [create('aws_mq_broker.q', { user: [{ username: 'app', password: PASSWORD }] })],
      configuration: configured('aws_mq_broker', 'q', {
        user: [{ username: { constant_value: 'app' }, password: { constant_value: PASSWORD } }],
      }),
    });
    expect(await review(plan)).toEqual([
      'introduced high hard-coded-sensitive-argument at aws_mq_broker.q user.password',
    ]);
  });
});

describe('user data', () => {
  const script = `#!/bin/bash\nexport DB_PASSWORD=${PASSWORD}\nsystemctl start app\n`;
  const packed = gzipSync(script).toString('base64');
  const sha1 = createHash('sha1').update(script).digest('hex');
  const told = 'introduced critical secret-in-user-data at';

  it('is unpacked', async () => {
    const plan = planOf({ resource_changes: [create('aws_launch_template.app', { user_data: packed })] });
    expect(await review(plan)).toEqual([`${told} aws_launch_template.app user_data`]);
  });

  it('that the plan shows as a hash is read from the configuration when it changes', async () => {
    const configuration = configured('aws_instance', 'app', { user_data: { constant_value: script } });
    const plan = (before: string): Plan =>
      planOf({
        configuration,
        resource_changes: [
          update('aws_instance.app', { user_data: before, tags: null }, { user_data: sha1, tags: {} }),
        ],
      });
    expect(await review(plan('0'.repeat(40)))).toEqual([`${told} aws_instance.app user_data`]);
    expect(await review(plan(sha1))).toEqual([]);
  });

  describe('that cannot be read from the plan', () => {
    const references = configured('aws_instance', 'app', { user_data: { references: ['var.script'] } });
    const hashed = (more: object = {}): Plan =>
      planOf({
        configuration: references,
        resource_changes: [create('aws_instance.app', { user_data: sha1 })],
        ...more,
      });
    const later = planOf({
      configuration: references,
      resource_changes: [create('aws_instance.app', {}, { after_unknown: { user_data: true } })],
    });
    const asked = 'undetermined critical secret-in-user-data at aws_instance.app user_data';
    const template =
      (...parts: Expression[]): ExpressionLookup =>
      () => ({ kind: 'template', parts });
    const hole: Expression = { kind: 'reference', root: 'aws_db_instance', steps: [] };
    const text = (value: string): Expression => ({ kind: 'literal', value });

    it('is a question, once', async () => {
      expect(await review(hashed())).toEqual([asked]);
      expect(await review(later)).toEqual([asked]);
    });

    it('is found by its hash among the values of variables', async () => {
      expect(await review(hashed({ variables: { script: { value: script } } }))).toEqual([
        `${told} aws_instance.app user_data`,
      ]);
    });

    it('is found by its hash among the arguments of modules', async () => {
      const configuration = {
        root_module: {
          module_calls: {
            app: {
              expressions: { script: { constant_value: script } },
              module: (references as { root_module: object }).root_module,
            },
          },
        },
      };
      const change = create('aws_instance.app', { user_data: sha1 });
      const plan = planOf({
        configuration,
        resource_changes: [{ ...change, address: 'module.app.aws_instance.app', module_address: 'module.app' }],
      });
      expect(await review(plan)).toEqual([`${told} module.app.aws_instance.app user_data`]);
    });

    it('is what the source writes, around what references bring', async () => {
      const secret = template(text(`DB_PASSWORD=${PASSWORD}\nHOST=`), hole);
      const clean = template(text('#!/bin/bash\nexport HOST='), hole, text('\n'));
      for (const plan of [hashed(), later]) {
        expect(await review(plan, false, secret)).toEqual([`${told} aws_instance.app user_data`]);
        expect(await review(plan, false, clean)).toEqual([]);
      }
    });

    it('stays a question where the source reads a file, and its arguments are looked at', async () => {
      const file =
        (password: string): ExpressionLookup =>
        () => ({
          kind: 'call',
          name: 'templatefile',
          expandsLast: false,
          arguments: [
            text('init.sh'),
            { kind: 'object', entries: [{ key: text('db_password'), value: text(password) }] },
          ],
        });
      expect(await review(hashed(), false, file(''))).toEqual([asked]);
      expect(await review(hashed(), false, file(PASSWORD))).toEqual([`${told} aws_instance.app user_data`, asked]);
    });

    it('is a question when it unpacks to too much', async () => {
      const bomb = gzipSync('\n'.repeat(5 * 1024 * 1024)).toString('base64');
      const plan = planOf({ resource_changes: [create('aws_launch_template.app', { user_data: bomb })] });
      expect(await review(plan)).toEqual([
        'undetermined critical secret-in-user-data at aws_launch_template.app user_data',
      ]);
    });

    it('is nothing when nobody sets it', async () => {
      const plan = planOf({
        configuration: configured('aws_instance', 'app', {}),
        resource_changes: [create('aws_instance.app', {}, { after_unknown: { user_data: true } })],
      });
      expect(await review(plan)).toEqual([]);
    });
  });

  it('without a secret is silent', async () => {
    const user_data =
      '#!/bin/bash\nexport DB_PASSWORD=$(aws ssm get-parameter --name /db)\nexport TOKEN_FILE=/run/token\n';
    expect(await review(planOf({ resource_changes: [create('aws_launch_template.app', { user_data })] }))).toEqual([]);
  });
});

describe('an environment', () => {
  it.each([
    [
      'aws_ecs_task_definition.x',
      {
        container_definitions: JSON.stringify([
          {
            name: 'app',
            environment: [{ name: 'DB_PASSWORD', value: PASSWORD }],
            secrets: [{ name: 'TOKEN', valueFrom: 'arn:aws:ssm:x' }],
          },
        ]),
      },
    ],
    [
      'aws_codebuild_project.x',
      { environment: [{ environment_variable: [{ name: 'DB_PASSWORD', value: PASSWORD, type: 'PLAINTEXT' }] }] },
    ],
    ['aws_lambda_function.x', lambda({ DB_PASSWORD: PASSWORD })],
    [
      'aws_apprunner_service.x',
      {
        source_configuration: [
          {
            image_repository: [{ image_configuration: [{ runtime_environment_variables: { DB_PASSWORD: PASSWORD } }] }],
          },
        ],
      },
    ],
  ])('of %s is read', async (address, after) => {
    const [first, ...others] = await review(planOf({ resource_changes: [create(address, after)] }));
    expect(first).toContain(`introduced high secret-in-environment at ${address}`);
    expect(others).toEqual([]);
  });

  it.each([
    [
      'aws_codebuild_project.x',
      {
        environment: [
          { environment_variable: [{ name: 'DB_PASSWORD', value: 'prod-db-Pa55', type: 'PARAMETER_STORE' }] },
        ],
      },
    ],
    [
      'aws_lambda_function.x',
      lambda({
        RELEASE_COMMIT: '9f2c1d7be0a34856c1f0d2b7a4e8935c6d1b0f47',
        DB_SECRET_ARN: 'arn:aws:secretsmanager:eu-central-1:1:secret:x',
        BUCKET: 'logs-of-the-shop-eu-central-1-production1',
      }),
    ],
  ])('of %s without secrets is silent', async (address, after) => {
    expect(await review(planOf({ resource_changes: [create(address, after)] }))).toEqual([]);
  });
});

it('lets no value out, wherever it was planted', async () => {
  const places = fc.constantFrom('lambda', 'topic', 'script', 'default', 'provider', 'output');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(anySample(), places), { minLength: 1, maxLength: 6 }), async (planted) => {
      const at = (where: string): string[] => planted.filter(([, place]) => place === where).map(([{ text }]) => text);
      const plan = planOf({
        resource_changes: [
          create(
            'aws_lambda_function.a',
            lambda(Object.fromEntries(at('lambda').map((text, index) => [`V${index}`, text]))),
          ),
          update('aws_sns_topic.b', { display_name: '' }, { display_name: at('topic').join(' ') }),
          create('aws_launch_template.c', { user_data: Buffer.from(at('script').join('\n')).toString('base64') }),
        ],
        output_changes: {
          o: {
            actions: ['create'],
            before: null,
            after: at('output'),
            before_sensitive: false,
            after_sensitive: false,
          },
        },
        configuration: {
          provider_config: {
            aws: { name: 'aws', expressions: { default_tags: [{ tags: { constant_value: at('provider') } }] } },
          },
          root_module: { variables: { v: { default: at('default') } } },
        },
      });
      const judgements = await judge(plan);
      expect(judgements.length).toBeGreaterThan(0);
      const printed = JSON.stringify(judgements);
      for (const [{ secret: value }] of planted) expect(printed).not.toContain(value.slice(0, 12));
    }),
    { numRuns: 60 },
  );
});
