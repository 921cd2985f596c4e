import { expect, test } from 'vitest';
import { sourceOf } from './workspace.ts';

/** What the remarks of a text are about: line of the comment, block and names, lines of the place. */
async function remarks(text: string): Promise<string[]> {
  const source = await sourceOf(text);
  return (await source.remarks()).map(({ text: words, location, place }) => {
    const name = place && [place.block.type, ...place.block.labels, ...place.names].join('.');
    const lines = place && `${place.location.startLine}-${place.location.endLine}`;
    return `${location.startLine}: ${words} → ${name === null ? 'nothing' : `${name} ${lines}`}`;
  });
}

test('a remark is about what it stands above, or behind', async () => {
  const text = `# planwarden:a
# another comment
resource "aws_security_group" "web" { # planwarden:b
  # planwarden:c

  name = "web" # planwarden:d
  // planwarden:e
  ingress {
    #planwarden:f
    cidr_blocks = [
      # planwarden:g
      "0.0.0.0/0", ## planwarden:h
    ]
  } # planwarden:i
  dynamic "egress" {
    for_each = []
    content { # planwarden:j
    }
  }
  # planwarden:k
} # planwarden:l

# planwarden:m

# planwarden:n
module "one" { source = "./one" } # planwarden:o
# planwarden:p`;
  expect(await remarks(text)).toEqual([
    '1: planwarden:a → resource.aws_security_group.web 3-21',
    '3: planwarden:b → resource.aws_security_group.web 3-21',
    '4: planwarden:c → resource.aws_security_group.web 3-21',
    '6: planwarden:d → resource.aws_security_group.web.name 6-6',
    '7: planwarden:e → resource.aws_security_group.web.ingress 8-14',
    '9: planwarden:f → resource.aws_security_group.web.ingress.cidr_blocks 10-13',
    '11: planwarden:g → resource.aws_security_group.web.ingress.cidr_blocks 10-13',
    '12: planwarden:h → resource.aws_security_group.web.ingress.cidr_blocks 10-13',
    '14: planwarden:i → resource.aws_security_group.web.ingress 8-14',
    '17: planwarden:j → resource.aws_security_group.web.dynamic egress.content 17-18',
    '20: planwarden:k → resource.aws_security_group.web 3-21',
    '21: planwarden:l → resource.aws_security_group.web 3-21',
    '23: planwarden:m → nothing',
    '25: planwarden:n → module.one 26-26',
    '26: planwarden:o → module.one 26-26',
    '27: planwarden:p → nothing',
  ]);
});

test.each([
  ['a string', 'locals {\n  a = "# planwarden:a"\n}'],
  ['a template', 'locals {\n  a = "${"# planwarden:a"}"\n}'],
  ['a heredoc', 'locals {\n  a = <<-E\n    # planwarden:a\n  E\n}'],
  ['a block comment', '/*\n# planwarden:a\n*/\nlocals {\n}'],
  ['the middle of a comment', '# see planwarden:a\nlocals {\n}'],
])('%s has no remarks', async (_, text) => {
  expect(await remarks(text)).toEqual([]);
});

test('lines that end as on Windows change nothing', async () => {
  expect(await remarks('# planwarden:a\r\nlocals {\r\n  a = 1 # planwarden:b\r\n}\r\n')).toEqual([
    '1: planwarden:a → locals 2-4',
    '3: planwarden:b → locals.a 3-3',
  ]);
});
