import type { EscalationPath } from '../data/escalation-paths.ts';
import { on, writtenAs } from './aim.ts';
import type { Aim, Scope } from './aim.ts';
import { isAbout, needsOf, NO_RESOURCE, patternOf, unnamedOf } from './kinds.ts';
import type { Powers } from './powers.ts';
import { everywhere, NOTHING, onResource, somewhere } from './requests.ts';
import { ASSUME_ROLE } from './way.ts';

/** A resource that an action of the path is about; a step that is about something else has that anywhere. */
const resourceAim = (powers: Powers, scope: Scope, name: string, resource: string): Aim => ({
  scope,
  name,
  ask: (action, list) => {
    if (isAbout(action, resource, powers.estate)) return onResource(powers, action, resource, 'others');
    if (list.some((other) => isAbout(other, resource, powers.estate))) return NOTHING;
    return scope === 'everything' ? everywhere(powers, action) : somewhere(powers, action);
  },
});

/** What the actions are about, nowhere named. */
export function* everyResource({ pivot }: EscalationPath, powers: Powers): Generator<Aim> {
  for (const action of pivot)
    for (const template of needsOf(action)[0].templates)
      for (const resource of unnamedOf(template, action, powers))
        yield resourceAim(powers, 'everything', writtenAs(powers, [action], resource), resource);
}

/** The same, or what policies single out: a name is told with it, and makes it milder. */
export function* anyResource(path: EscalationPath, powers: Powers): Generator<Aim> {
  yield* everyResource(path, powers);
  const templates = new Set(path.pivot.flatMap((action) => needsOf(action)[0].templates));
  for (const template of templates) {
    const actions = path.pivot.filter((action) => needsOf(action)[0].templates.includes(template));
    if (template === NO_RESOURCE || !actions.some(powers.mentions)) continue;
    for (const resource of powers.singledOut(actions, patternOf(template, powers.estate), 'others')) {
      const isOne = resource.startsWith('⟨') || actions.some((action) => powers.isListed(action, resource));
      yield {
        ...resourceAim(powers, isOne ? 'one' : 'some', writtenAs(powers, actions, resource), resource),
        milder: isOne ? 2 : 1,
      };
    }
  }
}

/** Roles by which a management account administers its members, as Organizations and Control Tower call them. */
const MANAGING = ['OrganizationAccountAccessRole', 'AWSControlTowerExecution'];

/** A member account that nobody has named. */
const MEMBER = '999999999999';

export function* managingRoles(powers: Powers): Generator<Aim> {
  for (const name of MANAGING) {
    for (const account of [MEMBER, ...namedAccounts(powers, name)]) {
      const ask = on(powers, `arn:${powers.estate.partition}:iam::${account}:role/${name}`);
      if (account === MEMBER) yield { scope: 'everything', name: `role ${name} of any account`, ask };
      else yield { scope: 'one', name: `role ${name} of account ${account}`, ask };
    }
  }
}

/** The own account is no member of itself. */
const namedAccounts = (powers: Powers, role: string): readonly string[] =>
  powers
    .singledOut([ASSUME_ROLE], `arn:${powers.estate.partition}:iam::*:role/${role}`)
    .flatMap((arn) => /::(\d{12}):/.exec(arn)?.[1] ?? [])
    .filter((account) => account !== powers.estate.account);

/** Where CDK puts what it deploys, whatever qualifier it was given. */
const CDK: Readonly<Record<string, string>> = {
  's3:PutObject': 'arn:${Partition}:s3:::cdk-${Qualifier}-assets-${Account}-${Region}/${Asset}',
  'ecr:PutImage':
    'arn:${Partition}:ecr:${Region}:${Account}:repository/cdk-${Qualifier}-container-assets-${Account}-${Region}',
};

export function* cdkAssets({ pivot }: EscalationPath, powers: Powers): Generator<Aim> {
  for (const action of pivot.filter(powers.mentions))
    for (const resource of powers.singledOut([action], patternOf(CDK[action] ?? '', powers.estate), 'others'))
      yield resourceAim(powers, 'one', writtenAs(powers, [action], resource), resource);
}
