import { allReferences, type ModuleConfiguration } from '../../plan/configuration.ts';
import type { Resource, World, Worlds } from '../../world/world.ts';
import { exampleFacts } from '../example.ts';
import type { Facts, Subject, SubjectKind } from '../subject.ts';

/** What runs outside of providers, or talks to a host of its own choosing. */
export const program: SubjectKind = {
  name: 'program',
  description:
    'A data source or a provisioner that runs a program or calls a host with the rights of the pipeline: `external`, `http`, `local-exec`, `remote-exec`.',
  attributes: {
    runs: '`external`, `http`, `local-exec`, `remote-exec` or `file`',
    calls: 'the host of an `http` data source; null for programs, unknown before apply',
    sends: 'addresses of what it is given: `var.token`, `aws_db_instance.main.password`',
  },
  attributeTypes: { runs: 'string', sends: 'list' },
  types: ['*'],
  build: ({ before, after, plan }: Worlds) => {
    const blocks = new Map(provisionersIn(plan.configuration.root_module, ''));
    return { before: subjectsIn(before, blocks), after: subjectsIn(after, blocks) };
  },
  fromExample: (example): Facts => exampleFacts({ runs: 'local-exec', calls: null, sends: [] }, example),
};

/** `module.m.terraform_data.x` → its provisioners and what they are given. */
interface Provisioners {
  readonly types: readonly string[];
  readonly sends: readonly string[];
}

function* provisionersIn(
  module: ModuleConfiguration | undefined,
  within: string,
): Generator<readonly [string, Provisioners]> {
  for (const { type, name, provisioners = [] } of module?.resources ?? [])
    if (provisioners.length > 0)
      yield [
        `${within}${type}.${name}`,
        {
          types: provisioners.map((one) => one.type),
          sends: [...new Set(provisioners.flatMap(({ expressions }) => allReferences(expressions)))],
        },
      ];
  for (const [name, call] of Object.entries(module?.module_calls ?? {}))
    yield* provisionersIn(call.module, `${within}module.${name}.`);
}

const withoutKeys = (address: string): string => address.replaceAll(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, '');

function subjectsIn(world: World, blocks: ReadonlyMap<string, Provisioners>): Subject[] {
  const types = new Set([...blocks.keys()].map((address) => address.split('.').at(-2) ?? ''));
  const withProvisioners = world.resources(...types).flatMap((resource) => {
    const found = blocks.get(withoutKeys(resource.address));
    return found ? found.types.map((runs) => toSubject(resource, { runs, calls: null, sends: found.sends })) : [];
  });
  return [...world.resources('data.external', 'data.http').map(ofDataSource), ...withProvisioners];
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

function ofDataSource(resource: Resource): Subject {
  const url = resource.get('url');
  const given = ['query', 'program', 'url', 'request_headers', 'request_body'].flatMap((name) =>
    resource.references(name).map(({ address, attribute }) => (attribute === '' ? address : `${address}.${attribute}`)),
  );
  return toSubject(resource, {
    runs: resource.type.slice('data.'.length),
    calls: typeof url === 'string' ? hostOf(url) : url,
    sends: given,
  });
}

const toSubject = (resource: Resource, object: Facts & { readonly runs: string }): Subject => ({
  id: `${resource.identity} ${object.runs}`,
  object,
  address: resource.address,
  previousAddress: resource.previousAddress,
  resourceType: resource.type,
  causes: [{ address: resource.address, path: [] }],
  // A data source is read in every plan; it is new when it was not in the state.
  touched: resource.touched || resource.action === 'read',
});
