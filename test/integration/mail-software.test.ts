// The settings to copy, read and obeyed by the real Postfix and Exim, and judged by OpenSSL (RFC 7672 §3).
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serverSettings } from '../../shared/mail-software/server-settings.ts';
import type { ServerPlace, ServerSettings } from '../../shared/mail-software/settings.ts';
import { run } from '../universe/processes.ts';
import {
  freePort,
  makeFiles,
  runExim,
  runWithHost,
  textOf,
  withExim,
  withPostfix,
  writeExim,
  writePostfix,
  type EximTexts,
  type Made,
} from './mail-software-rig.ts';

const HOST = 'mx.rig.test';
/** The servers' own users have to get in. */
function openFolder(prefix: string): string {
  const path = mkdtempSync(prefix);
  chmodSync(path, 0o755);
  return path;
}

const folder = openFolder(join(tmpdir(), 'dane-inspector-software-'));
let made: Made;

beforeAll(async () => {
  made = await makeFiles(join(folder, 'certificates'), HOST);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function place(port: number, records: readonly string[]): ServerPlace {
  return { host: HOST, port, includesIssuer: true, files: made.files, records };
}

/** `name = value` for each setting of a main.cf, lists on one line. */
function settingsOf(text: string): readonly string[] {
  return text.replaceAll(/\n\s+/g, ' ').split('\n');
}

/** Every command of the settings that OpenSSL runs, with what came of it. */
function openSsl(settings: ServerSettings): readonly string[] {
  const commands = settings.tests.flatMap(({ command }) =>
    command?.startsWith('openssl') === true ? [command] : [],
  );
  expect(commands).toHaveLength(2);
  return commands.map((command) => runWithHost(folder, HOST, command).output);
}

/** Both keys answer to their own record and to the issuer's; neither to a wrong one; TLS 1.1 to nobody. */
function expectGoodServer(name: 'postfix' | 'exim', port: number): void {
  for (const output of openSsl(serverSettings(name, place(port, made.leafRecords)))) {
    expect(output).toContain('Verify return code: 0 (ok)');
    expect(output).toMatch(/DANE TLSA 3 1 1 \S+ matched/);
  }
  // Each key alone: were one never presented, its own record would match nothing.
  made.leafRecords.forEach((record, index) => {
    const verdicts = openSsl(serverSettings(name, place(port, [record]))).map((output) =>
      output.includes('Verify return code: 0 (ok)'),
    );
    expect(verdicts).toEqual([index === 0, index === 1]);
  });
  for (const output of openSsl(serverSettings(name, place(port, [made.issuerRecord])))) {
    expect(output).toMatch(/DANE TLSA 2 1 1 \S+ matched/);
  }
  const connect = `openssl s_client -starttls smtp -connect ${HOST}:${port} -cipher ALL:@SECLEVEL=0`;
  expect(runWithHost(folder, HOST, `${connect} -tls1_1 </dev/null`).output).toContain('(NONE)');
  expect(runWithHost(folder, HOST, `${connect} -tls1_2 </dev/null`).output).toContain('TLSv1.2');
}

describe('Postfix', () => {
  const written = async (text: (settings: ServerSettings) => string) => {
    const port = await freePort();
    const base = openFolder(join(folder, 'postfix-'));
    const main = text(serverSettings('postfix', place(port, made.leafRecords)));
    return { port, main, configuration: await writePostfix(base, main, port) };
  };
  const both = ({ inbound, outbound }: ServerSettings): string =>
    `${textOf(inbound, 'main.cf')}\n${textOf(outbound, 'main.cf')}`;

  test('knows every setting, and reads each as it is meant', async () => {
    const { main, configuration } = await written(both);
    const output = await run('sh', ['-c', `postconf -c '${configuration}' -n 2>&1`]);
    expect(output).not.toContain('warning');
    for (const setting of settingsOf(main)) expect(output.split('\n')).toContain(setting);
    await run('postfix', ['-c', configuration, 'check']);
  });

  test('is told on where a setting does not exist', async () => {
    const { configuration } = await written((settings) =>
      both(settings).replace('smtp_dns_support_level', 'smtp_dnssec_support_level'),
    );
    const output = await run('sh', ['-c', `postconf -c '${configuration}' -n 2>&1`]);
    expect(output).toContain('unused parameter: smtp_dnssec_support_level');
  });

  test('presents both keys with the issuer, from TLS 1.2 on', async () => {
    const { port, configuration } = await written(both);
    await withPostfix(configuration, port, () => expectGoodServer('postfix', port));
  });
});

describe('Exim', () => {
  const texts = (settings: ServerSettings): EximTexts => ({
    main: `${textOf(settings.inbound, 'main section')}\n${textOf(settings.outbound, 'main section')}`,
    router: textOf(settings.outbound, 'router'),
    transport: textOf(settings.outbound, 'transport'),
  });
  const written = async (change: (texts: EximTexts) => EximTexts = (same) => same) => {
    const port = await freePort();
    const base = openFolder(join(folder, 'exim-'));
    const settings = serverSettings('exim', place(port, made.leafRecords));
    return { port, base, settings, configuration: writeExim(base, change(texts(settings)), port) };
  };

  test('reads the settings, and its own commands show them', async () => {
    const { base, settings, configuration } = await written();
    const [reads, transport] = settings.tests.map(({ command }) =>
      runExim(base, configuration, command ?? ''),
    );
    expect(reads).toMatchObject({ status: 0 });
    expect(reads?.output).toMatch(/^Support for: .*\bDANE\b/m);
    expect(reads?.output).toContain('tls_advertise_hosts = *');
    expect(reads?.output).toContain('dns_dnssec_ok = 1');
    expect(transport?.output).toContain('hosts_try_dane = *');
    expect(transport?.output).toContain('dnssec_request_domains = *');
  });

  test('refuses an option that does not exist', async () => {
    const { base, configuration } = await written((right) => ({
      ...right,
      transport: right.transport.replace('hosts_try_dane', 'hosts_attempt_dane'),
    }));
    const ran = runExim(base, configuration, 'exim -bV');
    expect(ran.status).not.toBe(0);
    expect(ran.output).toContain('option "hosts_attempt_dane" unknown');
  });

  test('presents both keys with the issuer, from TLS 1.2 on', async () => {
    const { port, base, configuration } = await written();
    await withExim(base, configuration, port, () => expectGoodServer('exim', port));
  });
});
