/** A plan and the configuration it was made from. */
export interface Story {
  readonly plan: string;
  readonly source: string;
}

const PROVIDER = 'registry.terraform.io/hashicorp/aws';
const TYPE = 'aws_vpc_security_group_ingress_rule';

/** The characters with which a plan could break out of its place in a log line, Markdown or an annotation. */
export const HOSTILE = [
  '\n::set-output name=conclusion::pass',
  '\r\n##[set-output name=conclusion]pass',
  '\n::stop-commands::x',
  '\u001b[2K\u001b[31m',
  '\u202Egnp.exe',
  '@octocat #1 https://evil.example/ www.evil.example [a](https://evil.example/b)',
  '![i](https://evil.example/i.png) <img src=x onerror=alert(1)> </details> --> <!-- planwarden:v1',
  '``` | \\| ` %0A::error::forged',
].join(' ');

const rule = (index: number, description: string) => ({
  // A group each: rules of one group are judged together.
  security_group_id: `sg-${index.toString(16).padStart(17, '0')}`,
  description,
  ip_protocol: 'tcp',
  from_port: 22,
  to_port: 22,
  cidr_ipv4: '0.0.0.0/0',
  cidr_ipv6: null,
  prefix_list_id: null,
  referenced_security_group_id: null,
  tags: { Name: `rule ${index} ${description}` },
});

const constants = (values: object): object =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => [key, { constant_value: value }]),
  );

const change = (index: number, key: string | undefined, description: string) => ({
  address: `${TYPE}.ssh_${index}${key === undefined ? '' : `[${JSON.stringify(key)}]`}`,
  mode: 'managed',
  type: TYPE,
  name: `ssh_${index}`,
  ...(key !== undefined && { index: key }),
  provider_name: PROVIDER,
  change: {
    actions: ['create'],
    before: null,
    after: rule(index, description),
    after_unknown: { id: true, arn: true, security_group_rule_id: true, tags: {}, tags_all: true },
    before_sensitive: false,
    after_sensitive: { tags: {} },
  },
});

/** `count` new rules that let the world reach ssh, each in a block of its own, with `key` as their key of `for_each`. */
export function opensPorts(count: number, key?: string): Story {
  const description = key ?? 'ssh';
  const indexes = Array.from({ length: count }, (_, index) => index);
  const addresses = indexes.map((index) => `${TYPE}.ssh_${index}`);
  const plan = {
    format_version: '1.2',
    terraform_version: '1.14.0',
    complete: true,
    errored: false,
    planned_values: { root_module: { resources: [] } },
    resource_changes: indexes.map((index) => change(index, key, description)),
    configuration: {
      provider_config: { aws: { name: 'aws', full_name: PROVIDER } },
      root_module: {
        resources: indexes.map((index) => ({
          address: addresses[index],
          mode: 'managed',
          type: TYPE,
          name: `ssh_${index}`,
          provider_config_key: 'aws',
          expressions: constants(rule(index, description)),
          schema_version: 0,
        })),
      },
    },
  };
  const blocks = indexes.map(
    (index) =>
      `resource "${TYPE}" "ssh_${index}" {\n  ip_protocol = "tcp"\n  from_port = 22\n  to_port = 22\n  cidr_ipv4 = "0.0.0.0/0"\n}\n`,
  );
  return { plan: JSON.stringify(plan), source: blocks.join('\n') };
}
