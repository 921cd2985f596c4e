import { describe, expect, test } from 'vitest';
import { catalogueAction } from '../../../src/iam/data/catalogue.ts';
import { contains, ESCALATION_PATHS } from '../../../src/iam/data/escalation-paths.ts';
import type { EscalationPath } from '../../../src/iam/data/escalation-paths.ts';
import type { Target } from '../../../src/iam/data/escalation/path.ts';

/** What the ARN of a resource has in it that an action with this target takes; nothing for targets of all kinds. */
const KINDS: Readonly<Record<Target, RegExp>> = {
  'own-user': /:user\//,
  'own-group': /:group\//,
  'own-role': /:role\//,
  user: /:user\//,
  group: /:group\//,
  role: /:role\//,
  'other-user': /:user\//,
  'other-group': /:group\//,
  'other-role': /:role\//,
  'new-user': /:user\//,
  'new-role': /:role\//,
  policy: /:iam:.*:policy\//,
  'assumable-role': /:role\//,
  'organization-role': /:role\//,
  'passed-role': /:role\//,
  'identity-provider': /:(?:saml|oidc)-provider\//,
  'permission-set': /:permissionSet\//,
  'cdk-assets': /:s3:::|:repository\//,
  'existing-resource': /^/,
  'every-resource': /^/,
  any: /^/,
};

const actionsOf = ({ all, anyOf }: EscalationPath): readonly string[] => [...all, ...anyOf.flat()];
const resourcesOf = (action: string): readonly string[] => catalogueAction(action)?.resources ?? [];
const path = (id: string): EscalationPath => {
  const found = ESCALATION_PATHS.find((one) => one.id === id);
  if (found === undefined) throw new Error(`There is no path ${id}`);
  return found;
};
const idsOf = (paths: readonly EscalationPath[]): readonly string[] => paths.map(({ id }) => id);

describe('the paths', () => {
  test('are 153, each with an id and a name of its own', () => {
    expect(ESCALATION_PATHS).toHaveLength(153);
    expect(new Set(ESCALATION_PATHS.map(({ id }) => id)).size).toBe(153);
    expect(new Set(ESCALATION_PATHS.map(({ name }) => name)).size).toBe(153);
  });

  test.each([
    ['self-escalation', 24],
    ['principal-access', 26],
    ['new-passrole', 40],
    ['existing-passrole', 34],
    ['credential-access', 18],
    ['resource-exposure', 11],
  ])('of %s are %i', (category, count) => {
    expect(ESCALATION_PATHS.filter((one) => one.category === category)).toHaveLength(count);
  });

  test('need actions that exist', () => {
    const actions = ESCALATION_PATHS.flatMap(actionsOf);
    expect(actions.filter((name) => catalogueAction(name)?.name !== name)).toEqual([]);
  });

  test('need something, and no action twice', () => {
    expect(idsOf(ESCALATION_PATHS.filter((one) => actionsOf(one).length === 0))).toEqual([]);
    expect(idsOf(ESCALATION_PATHS.filter((one) => new Set(actionsOf(one)).size < actionsOf(one).length))).toEqual([]);
  });

  test('leave a choice in every list', () => {
    expect(idsOf(ESCALATION_PATHS.filter(({ anyOf }) => anyOf.some((list) => list.length < 2)))).toEqual([]);
  });

  test('pass a role, by name, exactly when they need iam:PassRole', () => {
    const passes = ({ all }: EscalationPath): boolean => all.includes('iam:PassRole');
    const names = ({ passRoleTo }: EscalationPath): boolean => passRoleTo.length > 0;
    expect(idsOf(ESCALATION_PATHS.filter((one) => passes(one) !== names(one)))).toEqual([]);
    expect(
      ESCALATION_PATHS.flatMap(({ passRoleTo }) => passRoleTo).filter(
        (name) => !/^[a-z0-9.-]+\.amazonaws\.com$/.test(name),
      ),
    ).toEqual([]);
  });
});

describe('the pivot of a path', () => {
  test('is among what it needs', () => {
    const strays = ESCALATION_PATHS.filter((one) => !one.pivot.every((action) => actionsOf(one).includes(action)));
    expect(idsOf(strays)).toEqual([]);
    expect(idsOf(ESCALATION_PATHS.filter(({ pivot }) => pivot.length === 0))).toEqual([]);
  });

  test('takes resources of the kind of the target', () => {
    const wrong = ESCALATION_PATHS.flatMap(({ id, pivot, target }) =>
      pivot.filter((action) => !fits(action, target)).map((action) => `${id}: ${action} on ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  test('takes resources somewhere, where one of them has to be reached', () => {
    const reaching = ESCALATION_PATHS.filter(({ target }) => target !== 'any');
    expect(idsOf(reaching.filter(({ pivot }) => pivot.every((action) => resourcesOf(action).length === 0)))).toEqual(
      [],
    );
  });
});

/** An action without resources reaches everything, where everything will do. */
const fits = (action: string, target: Target): boolean =>
  resourcesOf(action).some((arn) => KINDS[target].test(arn)) ||
  (resourcesOf(action).length === 0 && ['existing-resource', 'every-resource', 'any'].includes(target));

describe('a path contains another', () => {
  test.each([
    ['iam-rotate-access-key', 'iam-create-access-key'],
    ['combo-putrolepolicy-assumerole', 'sts-assume-role'],
    ['passrole-codebuild', 'codebuild-startbuild'],
    ['passrole-lambda-addpermission', 'lambda-policy'],
    ['organizations-accountaccessrole', 'sts-assume-role'],
  ])('%s has %s in it, and not the other way round', (whole, part) => {
    expect(contains(path(whole), path(part))).toBe(true);
    expect(contains(path(part), path(whole))).toBe(false);
  });

  test.each([
    ['iam-put-role-policy', 'iam-put-user-policy'],
    ['s3-code-injection', 'cdk-bootstrap-assets'],
    ['passrole-ecs', 'passrole-ecs-runtask-override'],
    ['sts-assume-role', 'sts-assume-role'],
  ])('%s has no %s in it', (whole, part) => {
    expect(contains(path(whole), path(part))).toBe(false);
  });

  test('never both ways', () => {
    const mutual = ESCALATION_PATHS.filter((one) =>
      ESCALATION_PATHS.some((two) => contains(one, two) && contains(two, one)),
    );
    expect(idsOf(mutual)).toEqual([]);
  });
});
