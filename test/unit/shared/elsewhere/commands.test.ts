// The commands that show the same elsewhere: exact words, and a real shell that takes hostile names apart.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import {
  dataCommand,
  decodeCommand,
  servedDataCommand,
} from '../../../../shared/elsewhere/command-certificate.ts';
import { delvCommand, digCommand, traceCommand } from '../../../../shared/elsewhere/command-dns.ts';
import {
  conversationCommand,
  opensslDaneCommand,
  postfixCommand,
  servedChainCommand,
  type MailServer,
} from '../../../../shared/elsewhere/command-mail.ts';

const SERVER: MailServer = {
  host: 'mx.example.org',
  address: '192.0.2.25',
  port: 25,
  sni: 'mx.example.org',
};
const TLSA = { name: '_25._tcp.mx.example.org', type: 'TLSA' };

/** Programs that write their arguments down instead of doing anything. */
const folder = mkdtempSync(join(tmpdir(), 'dane-inspector-commands-'));
const logs = join(folder, 'ran');
for (const name of ['dig', 'delv', 'openssl', 'posttls-finger', 'nc', 'awk', 'sleep', 'od', 'tr']) {
  const script = `#!/bin/sh\nprintf '%s\\0' "${name}" "$@" >"${logs}/$$"\ncat >/dev/null\n`;
  writeFileSync(join(folder, name), script, { mode: 0o755 });
}
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Every program that the shell ran, with its arguments. */
function ranBy(command: string): readonly (readonly string[])[] {
  rmSync(logs, { recursive: true, force: true });
  mkdirSync(logs);
  execFileSync('/bin/sh', ['-c', command], {
    cwd: folder,
    env: { PATH: `${folder}:/bin:/usr/bin` },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return readdirSync(logs).map((id) =>
    readFileSync(join(logs, id), 'utf8').split('\0').slice(0, -1),
  );
}

function sorted(words: readonly (string | undefined)[]): readonly string[] {
  return words.flatMap((word) => word ?? []).sort((a, b) => a.localeCompare(b));
}

describe('dig and delv', () => {
  it('ask one server as a resolver does', () => {
    expect(digCommand(TLSA, { address: '192.0.2.53' })).toBe(
      'dig +norecurse +dnssec @192.0.2.53 _25._tcp.mx.example.org TLSA',
    );
    expect(digCommand(TLSA, { address: '2001:db8::53', port: 5300, tcp: true })).toBe(
      'dig +norecurse +dnssec +tcp -p 5300 @2001:db8::53 _25._tcp.mx.example.org TLSA',
    );
  });

  it('follow the chain of trust', () => {
    expect(delvCommand(TLSA)).toBe('delv _25._tcp.mx.example.org TLSA');
    expect(delvCommand(TLSA, { verbose: true, anchorFile: "it's here.key" })).toBe(
      String.raw`delv +rtrace +vtrace -a 'it'\''s here.key' _25._tcp.mx.example.org TLSA`,
    );
    expect(traceCommand({ name: '.', type: 'SOA' })).toBe('dig +trace +dnssec . SOA');
  });

  it.each([
    ['+short.example', String.raw`'\043short.example'`],
    ['@evil.example', String.raw`'\064evil.example'`],
    ['-f.example', String.raw`'\045f.example'`],
    ['%x.example', String.raw`'\037x.example'`],
    // A single label could be taken for a type or class.
    ['any', 'any.'],
    [String.raw`a\046b.example`, String.raw`'a\046b.example'`],
  ])('cannot take the name %s for anything else', (name, word) => {
    expect(digCommand({ name, type: 'A' }, { address: '192.0.2.53' })).toBe(
      `dig +norecurse +dnssec @192.0.2.53 ${word} A`,
    );
  });

  it('name a type that is none as one', () => {
    expect(digCommand({ name: 'a.example', type: '@evil' }, { address: '::1' })).toContain(
      ' a.example -t @evil',
    );
  });
});

describe('mail', () => {
  it('shows what an address presents, with the name asked for or without', () => {
    expect(servedChainCommand(SERVER)).toBe(
      'openssl s_client -starttls smtp -connect 192.0.2.25:25 -servername mx.example.org -showcerts </dev/null',
    );
    expect(servedChainCommand({ ...SERVER, address: '2001:db8::25', sni: null })).toBe(
      "openssl s_client -starttls smtp -connect '[2001:db8::25]:25' -noservername -showcerts </dev/null",
    );
  });

  it.each([
    ['rsa', '-sigalgs rsa_pss_rsae_sha256:'],
    ['ecdsa', '-sigalgs ECDSA+SHA256:'],
    ['eddsa', '-sigalgs ed25519:'],
  ] as const)('asks a server that has several keys for %s', (keys, options) => {
    const record = { usage: 3, selector: 1, matchingType: 1, data: 'ab'.repeat(32) };
    const server = { ...SERVER, keys };
    for (const command of [
      servedChainCommand(server),
      opensslDaneCommand(server, 'mx.example.org', [record]) ?? '',
      servedDataCommand(server, 0, record) ?? '',
    ]) {
      expect(command).toContain(`openssl s_client ${options}`);
      expect(command.includes("-cipher 'DEFAULT:!kRSA:!aRSA'")).toBe(keys !== 'rsa');
    }
  });

  it('has OpenSSL judge by the records that mail may use, and by no others', () => {
    const record = { usage: 3, selector: 1, matchingType: 1, data: 'ab'.repeat(32) };
    const command = opensslDaneCommand(SERVER, 'mx.example.org', [
      record,
      { ...record, usage: 1 },
      { ...record, data: "'; reboot; '" },
    ]);
    expect(command?.match(/-dane_tlsa_rrdata/g)).toHaveLength(1);
    expect(command).toContain(`-dane_tlsa_rrdata '3 1 1 ${'ab'.repeat(32)}'`);
    expect(command).toContain('-dane_tlsa_domain mx.example.org');
    expect(opensslDaneCommand(SERVER, 'mx.example.org', [{ ...record, usage: 0 }])).toBeNull();
  });

  it('has Postfix look at the host itself', () => {
    expect(postfixCommand('mx.example.org', 25)).toBe(
      "posttls-finger -t30 -T30 -c -L summary -l dane '[mx.example.org]'",
    );
    expect(postfixCommand('mx.example.org', 2525)).toContain("'[mx.example.org]:2525'");
  });
});

describe('certificates', () => {
  const pem = [
    'anything; reboot',
    '-----BEGIN CERTIFICATE-----',
    'MAMCAQE=',
    '-----END CERTIFICATE-----',
    'END_OF_CERTIFICATE',
    'reboot',
    '',
  ].join('\n');

  it('stand in the command by their octets alone', () => {
    expect(decodeCommand(pem)).toBe(
      [
        "openssl x509 -noout -text -fingerprint -sha256 <<'END_OF_CERTIFICATE'",
        '-----BEGIN CERTIFICATE-----',
        'MAMCAQE=',
        '-----END CERTIFICATE-----',
        'END_OF_CERTIFICATE',
      ].join('\n'),
    );
    expect(decodeCommand('no certificate')).toBeNull();
  });

  it('give the data of a record for each selector and matching type, and none for unknown ones', () => {
    const firstLine = (selector: number, matchingType: number) =>
      dataCommand(pem, { selector, matchingType })?.split('\n')[0];
    expect(firstLine(0, 2)).toBe(
      "openssl x509 -outform DER <<'END_OF_CERTIFICATE' | openssl sha512",
    );
    expect(firstLine(1, 1)).toBe(
      "openssl x509 -noout -pubkey <<'END_OF_CERTIFICATE' | openssl pkey -pubin -outform DER | openssl sha256",
    );
    expect(firstLine(2, 1)).toBeUndefined();
    expect(firstLine(1, 3)).toBeUndefined();
    expect(servedDataCommand(SERVER, 1, { selector: 0, matchingType: 1 })).toContain('seen == 2');
  });
});

describe('a real shell', () => {
  const HOSTILE = `x'; touch owned; echo '$(touch owned)\`touch owned\`"&|<>*?\n\u202e#~!{a,b}`;

  it('gets hostile names as one word each, and runs nothing else', () => {
    const server: MailServer = { host: HOSTILE, address: HOSTILE, port: 25, sni: HOSTILE };
    const record = { usage: 2, selector: 0, matchingType: 1, data: 'cd'.repeat(32) };
    const question = { name: HOSTILE, type: HOSTILE };
    for (const [command, programs] of [
      [digCommand(question, { address: HOSTILE }), ['dig']],
      [traceCommand(question), ['dig']],
      [delvCommand(question, { anchorFile: HOSTILE, server: { address: HOSTILE } }), ['delv']],
      [servedChainCommand(server), ['openssl']],
      [servedChainCommand({ ...server, sni: null }), ['openssl']],
      [opensslDaneCommand(server, HOSTILE, [record]) ?? '', ['openssl']],
      [postfixCommand(HOSTILE, 25), ['posttls-finger']],
      [conversationCommand(server), ['sleep', 'sleep', 'nc']],
      [
        servedDataCommand(server, 0, { selector: 1, matchingType: 1 }) ?? '',
        ['openssl', 'awk', 'openssl', 'openssl', 'openssl'],
      ],
    ] as const) {
      const ran = ranBy(command).map(([program]) => program);
      expect(sorted(ran), command).toEqual(sorted(programs));
      expect(() => readFileSync(join(folder, 'owned')), command).toThrow('ENOENT');
    }
  });

  it('never gives more words than a command of harmless names', () => {
    const words = (name: string): number =>
      ranBy(digCommand({ name, type: 'TLSA' }, { address: '192.0.2.53' }))[0]?.length ?? 0;
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), (name) => {
        expect(words(name)).toBe(6);
      }),
      { numRuns: 40 },
    );
  });
});
