// What the hook script is written of, and that settings stand in it as values, whatever they hold.
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  HOOK_CLIENTS,
  HOOK_DNS,
  writeHook,
  type HookSettings,
} from '../../../../shared/hooks/write-hook.ts';

const SETTINGS: HookSettings = {
  client: 'certbot',
  dns: 'nsupdate',
  places: [
    { host: 'mail.example.org', port: 25 },
    { host: 'mx2.example.org', port: 465 },
  ],
  zone: null,
  ttl: 1800,
  folder: '/etc/dane-hook',
  reload: 'systemctl reload postfix',
  nameServers: null,
};

describe.each(HOOK_CLIENTS)('for %s', (client) => {
  test.each(HOOK_DNS)('and %s: the parts of these two and of no other', (dns) => {
    const script = writeHook({ ...SETTINGS, client, dns });
    expect(script.startsWith('#!/bin/sh\n')).toBe(true);
    expect(script.endsWith('main "$@"\n')).toBe(true);
    const owners = {
      certbot: 'RENEWED_LINEAGE',
      'acme.sh': 'CERT_FULLCHAIN_PATH',
      lego: 'LEGO_CERT_PATH',
    };
    for (const [other, variable] of Object.entries(owners)) {
      expect(script.includes(variable)).toBe(other === client);
    }
    expect(script.includes('nsupdate -t')).toBe(dns === 'nsupdate');
    expect(script.includes('CF_API_TOKEN')).toBe(dns === 'cloudflare');
  });
});

test('every function that is called is there, once', () => {
  for (const client of HOOK_CLIENTS) {
    for (const dns of HOOK_DNS) {
      const script = writeHook({ ...SETTINGS, client, dns });
      const names = [...script.matchAll(/^([a-z_]+)\(\)/gm)].map(([, name]) => name);
      expect(names).toEqual([...new Set(names)]);
      expect(names).toEqual(
        expect.arrayContaining([
          'read_client',
          'check_dns',
          'add_records',
          'delete_record',
          'take_dns_setting',
        ]),
      );
    }
  }
});

test('nothing in it runs what it has read', () => {
  for (const dns of HOOK_DNS) {
    const code = writeHook({ ...SETTINGS, dns }).replace(/^\s*#.*$/gm, '');
    expect(code).not.toMatch(/\beval\b|^\s*\. /m);
  }
});

describe('settings', () => {
  /** The settings as a shell understands them; nothing else of the script is run. */
  function read(settings: HookSettings): Readonly<Record<string, string>> {
    const [defaults = ''] =
      /^default_settings\(\) \{\n[^]*?\n\}\n/m.exec(writeHook(settings)) ?? [];
    const program = `take_setting() { printf '%s=%s\\0' "$1" "$2"; }\n${defaults}default_settings\n`;
    const run = spawnSync('sh', ['-c', program], { encoding: 'utf8' });
    expect(run.stderr).toBe('');
    const lines = run.stdout.split('\0').slice(0, -1);
    return Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
  }

  test('stand in it as they were given', () => {
    const nameServers = ['192.0.2.1', '2001:db8::1#5353'];
    expect(read({ ...SETTINGS, zone: 'example.org', nameServers })).toMatchObject({
      DANE_PLACES: 'mail.example.org:25 mx2.example.org:465',
      DANE_ZONE: 'example.org',
      DANE_TTL: '1800',
      DANE_FOLDER: '/etc/dane-hook',
      DANE_RELOAD: 'systemctl reload postfix',
      DANE_NAME_SERVERS: '192.0.2.1 2001:db8::1#5353',
    });
    expect(read(SETTINGS)).toMatchObject({
      DANE_ZONE: '',
      DANE_NAME_SERVERS: '',
      DANE_NSUPDATE_KEY: '',
    });
  });

  test('are values, whatever they hold', () => {
    const text = fc.string({
      unit: fc.constantFrom(...` '"\`$(){}\\;&|<>*?!#~=\n-ax/`),
      maxLength: 12,
    });
    fc.assert(
      fc.property(text, text, (folder, reload) => {
        const settings = read({ ...SETTINGS, folder: `/${folder}`, reload: `x${reload}` });
        // A line break has no place in a path or a command: it is shown instead.
        expect(settings['DANE_FOLDER']).toBe(`/${folder.replaceAll('\n', String.raw`\x0a`)}`);
        expect(settings['DANE_RELOAD']).toBe(`x${reload.replaceAll('\n', String.raw`\x0a`)}`);
      }),
      { numRuns: 60 },
    );
  });

  test('a host with a line break does not leave the remark in which it stands', () => {
    const host = 'mail.example.org\nrm -rf /';
    const script = writeHook({ ...SETTINGS, places: [{ host, port: 25 }] });
    expect(script).not.toMatch(/^rm/m);
  });
});
