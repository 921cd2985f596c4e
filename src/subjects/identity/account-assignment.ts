import type { Resource, Worlds } from '../../world/world.ts';
import { administrationOf } from './administrator.ts';
import { nameOf } from './holder-collection.ts';
import { SET } from './holder-forms.ts';
import { holdersOf } from './holders.ts';
import { exampleFacts } from './subject-facts.ts';
import { inOnePlace } from './subject-sides.ts';
import type { Fact, Facts, Subject, SubjectKind } from '../subject.ts';

const DEFAULTS: Facts = {
  who: 'group developers',
  isPerson: false,
  what: 'permission set dev',
  where: 'account 111122223333',
  isAdmin: false,
};

/** An attribute that names something, and the types that it may name. */
interface Named {
  readonly attribute: string;
  readonly types: readonly string[];
}

/** A resource that gives somebody something. `noun` is what is given; an account stands beside a permission set. */
interface Form {
  readonly type: string;
  readonly who: Named;
  readonly what: Named & { readonly noun: string };
  readonly where?: Named;
}

const PEOPLE = [
  'aws_identitystore_user',
  'data.aws_identitystore_user',
  'aws_identitystore_group',
  'data.aws_identitystore_group',
];
const PRINCIPAL: Named = { attribute: 'principal_id', types: PEOPLE };

const FORMS: readonly Form[] = [
  {
    type: 'aws_ssoadmin_account_assignment',
    who: PRINCIPAL,
    what: { attribute: 'permission_set_arn', types: [SET.type, `data.${SET.type}`], noun: 'permission set ' },
    where: { attribute: 'target_id', types: ['aws_organizations_account'] },
  },
  {
    type: 'aws_ssoadmin_application_assignment',
    who: PRINCIPAL,
    what: { attribute: 'application_arn', types: ['aws_ssoadmin_application'], noun: 'application ' },
  },
  {
    type: 'aws_identitystore_group_membership',
    who: { attribute: 'member_id', types: PEOPLE },
    what: { attribute: 'group_id', types: PEOPLE, noun: 'membership of group ' },
  },
];

const KEYS = ['id', 'arn', 'user_id', 'group_id'];

const identify = (resource: Resource, { attribute, types }: Named, { [resource.side]: world }: Worlds): string =>
  world.identify(resource, attribute, types, KEYS) ?? resource.identity;

/** The name of what an attribute stands for, else its id. */
function called(resource: Resource, named: Named, worlds: Worlds): string {
  const target = worlds[resource.side].target(resource, named.attribute, named.types, KEYS);
  const name = ['display_name', 'user_name', 'name'].map((attribute) => target?.get(attribute)).find(isText);
  return name ?? (target ? nameOf(target) : identify(resource, named, worlds));
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** Members are people; an assignment says which it is for. */
const isPerson = (resource: Resource): boolean =>
  resource.type === 'aws_identitystore_group_membership' || resource.get('principal_type') === 'USER';

function isAdmin(resource: Resource, { what }: Form, worlds: Worlds): Fact {
  const owner = worlds[resource.side].identify(resource, what.attribute, [SET.type], ['name', 'id', 'arn']);
  const holder = holdersOf(worlds)[resource.side].get(`${SET.kind}:${owner ?? ''}`);
  return holder ? administrationOf(holder).admin : false;
}

function toSubject(resource: Resource, form: Form, worlds: Worlds): Subject {
  const places = [form.who, form.what, ...(form.where ? [form.where] : [])];
  return {
    id: [form.type, ...places.map((named) => identify(resource, named, worlds))].join('|'),
    object: {
      who: `${isPerson(resource) ? 'user' : 'group'} ${called(resource, form.who, worlds)}`,
      isPerson: isPerson(resource),
      what: `${form.what.noun}${called(resource, form.what, worlds)}`,
      where: form.where ? `account ${called(resource, form.where, worlds)}` : '',
      isAdmin: form.where !== undefined && isAdmin(resource, form, worlds),
    },
    address: resource.address,
    previousAddress: resource.previousAddress,
    resourceType: resource.type,
    attribute: form.who.attribute,
    causes: [{ address: resource.address, path: [] }],
    touched: resource.touched,
  };
}

/** One person or group that gets something in IAM Identity Center. */
export const accountAssignment: SubjectKind = {
  name: 'account-assignment',
  description:
    'One person or group of IAM Identity Center that gets a permission set in an account, an application, or the membership of a group.',
  attributes: {
    who: 'the person or group',
    isPerson: 'it is one person, not a group',
    what: 'the permission set, application or group',
    where: 'the account; empty for applications and groups',
    isAdmin: 'the permission set makes an administrator, as far as the plan shows it',
  },
  attributeTypes: { who: 'string', isPerson: 'bool', what: 'string', where: 'string' },
  types: FORMS.map(({ type }) => type),
  build: (worlds) => {
    const side = (name: 'before' | 'after'): readonly Subject[] =>
      FORMS.flatMap((form) => worlds[name].resources(form.type).map((resource) => toSubject(resource, form, worlds)));
    return inOnePlace({ before: side('before'), after: side('after') });
  },
  fromExample: exampleFacts(DEFAULTS),
};
