// What is written for each mail software; that Postfix and Exim obey it is tested against the real ones.
import { describe, expect, test } from 'vitest';
import {
  certbotFiles,
  mailSoftware,
  serverSettings,
  type MailSoftwareName,
} from '../../../../shared/mail-software/server-settings.ts';
import type { ServerPlace } from '../../../../shared/mail-software/settings.ts';

const HOST = 'mx.example.org';
const NAMES: readonly MailSoftwareName[] = ['postfix', 'exim', 'halon', 'powermta'];

function place(changes: Partial<ServerPlace> = {}): ServerPlace {
  return {
    host: HOST,
    port: 25,
    includesIssuer: false,
    files: certbotFiles(HOST, ['RSA 2048', 'ECDSA P-256']),
    ...changes,
  };
}

function withKeyPath(keyPath: string): ServerPlace {
  const file = { keyType: null, keyPath, certificatePath: '/c.pem', chainPath: '/chain.pem' };
  return place({ files: [file] });
}

const inboundText = (name: MailSoftwareName, at: ServerPlace): string =>
  serverSettings(name, at)
    .inbound.map(({ text }) => text)
    .join('\n');

test('there is an entry for each of the four', () => {
  expect(Object.keys(mailSoftware)).toEqual(NAMES);
});

describe.each(NAMES)('%s', (name) => {
  const settings = serverSettings(name, place());

  test('has both directions, tests, versions and sources', () => {
    expect(settings.inbound.length).toBeGreaterThan(0);
    expect(settings.outbound.length).toBeGreaterThan(1);
    expect(settings.outbound[0]?.text).toContain('nameserver 127.0.0.1');
    expect(settings.tests.length).toBeGreaterThan(2);
    expect(settings.sources.length).toBeGreaterThan(0);
    expect(settings.version).toMatch(/^\d+\.\d+ or newer/);
  });

  test('names the chain of each key type, and never the bare certificate', () => {
    const text = inboundText(name, place());
    for (const lineage of [HOST, `${HOST}-2`]) {
      expect(text).toContain(`/etc/letsencrypt/live/${lineage}/fullchain.pem`);
      expect(text).toContain(`/etc/letsencrypt/live/${lineage}/privkey.pem`);
    }
    expect(text).not.toContain('/cert.pem');
  });

  test('speaks of the issuer where a record names one, and not else', () => {
    const notes = (includesIssuer: boolean): string =>
      serverSettings(name, place({ includesIssuer })).notes.join('\n');
    expect(notes(true)).toContain('usage 2');
    expect(notes(false)).not.toContain('usage 2');
  });

  test.each(['/a\nsmtpd_tls_security_level = none', '/a\u2028b', '/a\u0000', '', '/a b "c"\t'])(
    'leaves %j out, and says so',
    (path) => {
      const at = withKeyPath(path);
      expect(inboundText(name, at)).toContain('/path/to/rename-this-file.pem');
      expect(inboundText(name, at)).not.toContain('security_level = none');
      expect(serverSettings(name, at).notes[0]).toContain('Give the file a plain name');
    },
  );
});

test('Postfix gets each key directly before its chain', () => {
  expect(inboundText('postfix', place())).toContain(
    [
      'smtpd_tls_chain_files = /etc/letsencrypt/live/mx.example.org/privkey.pem,',
      '    /etc/letsencrypt/live/mx.example.org/fullchain.pem,',
      '    /etc/letsencrypt/live/mx.example.org-2/privkey.pem,',
      '    /etc/letsencrypt/live/mx.example.org-2/fullchain.pem',
    ].join('\n'),
  );
});

test('what means something in a configuration is escaped there', () => {
  expect(inboundText('postfix', withKeyPath('/a$b'))).toContain('= /a$$b,');
  expect(inboundText('postfix', withKeyPath('/a,b'))).not.toContain('/a,b');
  expect(inboundText('exim', withKeyPath('/a$b:c\\d e'))).toContain('= /a\\$b::c\\\\d e');
});

describe('the commands', () => {
  const commands = (at: ServerPlace): readonly string[] =>
    NAMES.flatMap((name) =>
      serverSettings(name, at).tests.flatMap(({ command }) => (command === null ? [] : [command])),
    );

  test('a host’s name that is shell code stays one word', () => {
    const text = commands(place({ host: "x;touch '/tmp/y'" })).join('\n');
    expect(text).toContain(`-connect 'x;touch '\\''/tmp/y'\\'':25'`);
    expect(text).not.toMatch(/ x;touch/);
  });

  test('test each key type alone, and every record given', () => {
    const records = ['3 1 1 aa', '2 1 1 bb'];
    const ours = commands(place({ records })).filter((command) => command.startsWith('openssl'));
    expect(ours.filter((command) => command.includes('-sigalgs ECDSA'))).toHaveLength(NAMES.length);
    expect(ours.filter((command) => command.includes('-sigalgs rsa_pss'))).toHaveLength(
      NAMES.length,
    );
    for (const command of ours) {
      expect(command).toContain("-dane_tlsa_rrdata '3 1 1 aa' -dane_tlsa_rrdata '2 1 1 bb'");
    }
  });

  test('say STARTTLS on port 25, and not where TLS comes first', () => {
    const openSsl = (port: number): string =>
      commands(place({ port })).find((command) => command.startsWith('openssl')) ?? '';
    expect(openSsl(25)).toContain('-starttls smtp');
    expect(openSsl(465)).not.toContain('-starttls');
    expect(openSsl(465)).toContain('mx.example.org:465');
  });
});

test('certbot’s folders are named only for what can be a host', () => {
  expect(certbotFiles(HOST, [])).toHaveLength(1);
  for (const host of ['../../etc', 'a/b', 'a b', '-rf', '$(x)', 'a..b']) {
    expect(certbotFiles(host, [])[0].keyPath).toBe('/etc/letsencrypt/live/HOST/privkey.pem');
  }
});
