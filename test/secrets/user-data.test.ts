import { deflateSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUserData } from '../../src/secrets/user-data.ts';

const SCRIPT =
  '#!/bin/bash\nset -euo pipefail\nexport TOKEN=the-words-to-find\naws s3 cp s3://shop/app.tar.gz - | tar -xz\n';
const base64 = (data: string | Buffer): string => Buffer.from(data).toString('base64');
const lines = (text: string): string => text.replace(/.{76}/g, '$&\n');

const mime = (part: string): string =>
  [
    'Content-Type: multipart/mixed; boundary="==B=="',
    'MIME-Version: 1.0',
    '',
    '--==B==',
    'Content-Type: text/x-shellscript; charset="us-ascii"',
    'Content-Transfer-Encoding: base64',
    '',
    part,
    '--==B==--',
  ].join('\r\n');

const cloudConfig = (content: string): string =>
  `#cloud-config\nwrite_files:\n  - path: /etc/app.env\n    encoding: gz+b64\n    content: ${content}\n    owner: root\n`;

describe('decodeUserData', () => {
  it.each([
    ['plain text', SCRIPT],
    ['base64', base64(SCRIPT)],
    ['base64 in lines', lines(base64(SCRIPT))],
    ['gzip in base64', base64(gzipSync(SCRIPT))],
    ['zlib in base64', base64(deflateSync(SCRIPT))],
    ['a MIME part', mime(lines(base64(SCRIPT)).replaceAll('\n', '\r\n'))],
    ['a packed MIME message with a packed part', base64(gzipSync(mime(base64(gzipSync(SCRIPT)))))],
    ['a file of cloud-config', cloudConfig(base64(gzipSync(SCRIPT)))],
    [
      'a here-document',
      `#!/bin/sh\nbase64 -d > /etc/app.env <<EOF\n${lines(base64(SCRIPT))}\nEOF\nsystemctl start app\n`,
    ],
  ])('reads %s', (_, text) => {
    const { texts, complete } = decodeUserData(text);
    expect(complete).toBe(true);
    expect(texts.some((part) => part.includes('export TOKEN=the-words-to-find'))).toBe(true);
  });

  it('always gives the text itself back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decodeUserData(text).texts[0]).toBe(text);
      }),
    );
  });

  it('reads any script through base64 and gzip', () => {
    const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz \n$="');
    fc.assert(
      fc.property(fc.string({ unit: letter, minLength: 40 }), (script) => {
        expect(decodeUserData(base64(gzipSync(script))).texts).toContain(script);
      }),
    );
  });

  it('stops at a bomb and says so', () => {
    const bomb = base64(gzipSync(Buffer.alloc(64 * 1024 * 1024, 'a')));
    const { texts, complete } = decodeUserData(bomb);
    expect(complete).toBe(false);
    expect(texts.join('').length).toBeLessThan(5 * 1024 * 1024);
  });

  it('does not take a certificate or a binary for text', () => {
    const bytes = base64(Buffer.from(Array.from({ length: 600 }, (_, index) => (index * 37) % 256)));
    expect(decodeUserData(bytes).texts).toEqual([bytes]);
  });
});
