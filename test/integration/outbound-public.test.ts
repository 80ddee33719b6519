// The kit at work: its records in a signed parent zone, its service line run by nobody, and others' programs as judges.
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { run } from '../universe/processes.ts';
import {
  ADDRESSES,
  BASE,
  NAT,
  PARENT,
  RESOLVER,
  startRig,
  type Rig,
} from './outbound-public-rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
  await rig.startService();
});
afterAll(async () => {
  await rig.close();
  rmSync(rig.folder, { recursive: true });
});

const inKit = (name: string): string => join(rig.kit, name);

describe('others’ programs take the files of the kit', () => {
  test('it holds what its README says, and the keys are of their owner alone', () => {
    const readme = readFileSync(inKit('README.txt'), 'utf8');
    expect([...readdirSync(rig.kit)].sort()).toEqual([
      'README.txt',
      'dane-inspector-outbound.service',
      `${BASE}.zone`,
      'delegation.txt',
      'delegation.zone',
      'firewall.nft',
      'firewall.txt',
      'state.json',
    ]);
    for (const name of ['firewall.txt', 'delegation.zone', 'delegation.txt', 'state.json'])
      expect(readme).toContain(name);
    expect(statSync(inKit('state.json')).mode & 0o777).toBe(0o600);
  });

  test('BIND loads the zone for reading', async () => {
    expect(await run('named-checkzone', [BASE, inKit(`${BASE}.zone`)])).toMatch(/^OK$/m);
  });

  test('systemd finds no fault in the unit, and calls it well shut in', async () => {
    const unit = inKit('dane-inspector-outbound.service');
    expect(await run('systemd-analyze', ['verify', '--man=no', unit])).toBe('');
    // A service without any of it has 9.6; below 2.5 it says OK. It fails above the threshold, in tenths.
    const judged = ['security', '--offline=true', '--no-pager', '--threshold=25', unit];
    expect(await run('systemd-analyze', judged)).toContain('exposure level');
  });

  test('nft takes the rules, twice', async () => {
    await rig.inside('nft', '-c', '-f', inKit('firewall.nft'));
    await rig.inside('nft', '-f', inKit('firewall.nft'));
    await rig.inside('nft', '-f', inKit('firewall.nft'));
    const rules = await rig.inside('nft', 'list', 'table', 'inet', 'dane_inspector_outbound');
    expect(rules).toContain('ip6 daddr 2001:db8:25::25 tcp dport 25 accept');
    expect(rules).toContain('ip daddr 10.25.0.10 udp dport 53 accept');
    expect(rules).not.toContain('198.51.100.10,');
  });
});

describe('from the parent’s anchor on', () => {
  const delv = (name: string, type: string): Promise<string> =>
    rig.inside(
      'sh',
      '-c',
      `delv @${RESOLVER} -a '${rig.delvAnchor}' +root=. +cdflag ${name} ${type} 2>&1 || :`,
    );
  const dig = (name: string, type: string): Promise<string> =>
    rig.inside('dig', `@${RESOLVER}`, '+adflag', '+time=5', name, type);

  test.each(['do', 'wrong', 'ta'])('delv calls %s and its record secure', async (situation) => {
    expect(await delv(`${situation}.${BASE}`, 'MX')).toContain('; fully validated');
    expect(await delv(`_25._tcp.mx.${situation}.${BASE}`, 'TLSA')).toContain('; fully validated');
  });

  test('delv calls the forged record forged', async () => {
    expect(await delv(`_25._tcp.mx.bogus.${BASE}`, 'TLSA')).toContain('RRSIG failed to verify');
  });

  test('Unbound says the same', async () => {
    const [domain, right, forged] = await Promise.all([
      dig(`do.${BASE}`, 'MX'),
      dig(`_25._tcp.mx.do.${BASE}`, 'TLSA'),
      dig(`_25._tcp.mx.bogus.${BASE}`, 'TLSA'),
    ]);
    for (const answer of [domain, right])
      expect(answer).toMatch(/status: NOERROR[\s\S]*flags: qr rd ra ad;/);
    expect(forged).toContain('status: SERVFAIL');
  });
});

/** What a sender’s admin would run; of addresses for documentation it asks none unless told so. */
async function check(situation: string): Promise<z.infer<typeof REPORT>> {
  const command = [
    ...[
      process.execPath,
      rig.program,
      'check',
      `${situation}.${BASE}`,
      '--json',
      '--allow-private',
    ],
    ...['--root-hints', rig.rootHints, '--trust-anchor', rig.trustAnchor, '--timeout', '5'],
  ];
  const [binary = '', ...args] = command;
  // A verdict other than the best is an exit code.
  const quoted = [binary, ...args].map((word) => `'${word}'`).join(' ');
  return REPORT.parse(JSON.parse(await rig.inside('sh', '-c', `${quoted} || :`)));
}

const REPORT = z.looseObject({
  outcome: z.string(),
  mx: z.looseObject({ security: z.string() }),
  hosts: z.array(
    z.looseObject({
      outcome: z.string(),
      security: z.string(),
      addresses: z.array(z.looseObject({ address: z.string() })),
      tlsa: z.looseObject({ security: z.string() }),
    }),
  ),
});

describe('our own check, at published addresses', () => {
  test('“do” is authenticated, though its address is translated on the way', async () => {
    const report = await check('do');
    expect(report.mx.security).toBe('secure');
    expect(report.hosts).toHaveLength(1);
    expect(report.hosts[0]).toMatchObject({
      outcome: 'authenticated',
      addresses: [{ address: '198.51.100.10' }],
      tlsa: { security: 'secure' },
    });
  });

  test('“wrong” is not', async () => {
    const report = await check('wrong');
    expect(report.outcome).toBe('broken');
    expect(report.hosts[0]).toMatchObject({ outcome: 'deferred', tlsa: { security: 'secure' } });
  });
});

describe('the page for visitors', () => {
  test.each([
    ['by its name', ['--resolve', `${BASE}:80:198.51.100.10`, `http://${BASE}/`]],
    ['by its address', ['http://198.51.100.10/']],
  ])('is found %s', async (_, args) => {
    const page = await rig.inside('curl', '-sS', '--fail', '--max-time', '5', ...args);
    expect(page).toContain(BASE);
    expect(page).toMatch(/<form[^>]*method="post"/i);
  });
});

test('after a restart the records are the same, and so is the anchor', async () => {
  const records = (): Promise<string[]> =>
    Promise.all(
      ['do', 'wrong', 'ta', 'expired'].map((situation) =>
        rig.inside('dig', '+short', '@198.51.100.10', `_25._tcp.mx.${situation}.${BASE}`, 'TLSA'),
      ),
    );
  const keys = (): Promise<string> => rig.inside('dig', '+short', '@198.51.100.10', BASE, 'DNSKEY');
  const before = [await records(), await keys()];
  expect(before.flat().join(' ')).toMatch(/3 1 1 [0-9A-F]{56}/);
  await rig.stopService();
  await rig.startService();
  expect([await records(), await keys()]).toEqual(before);
});

test('a second program with the same state says so, and the kit’s own is free', async () => {
  const start = (state: string, more: readonly string[]): Promise<string> =>
    rig
      .inside(
        ...[process.execPath, rig.program, 'lab', '--outbound', '--public', BASE],
        ...['--addresses', ADDRESSES, '--nat', NAT, '--state', state, ...more],
      )
      .catch(String);
  const state = join(rig.folder, 'StateDirectory', 'state.json');
  expect(await start(state, ['--yes-public'])).toMatch(/in use by another program \(process \d+\)/);
  expect(await start(inKit('state.json'), ['--kit', rig.kit])).toContain(`Kit for ${BASE}`);
});

test('the parent zone with the kit’s records is one that BIND loads', async () => {
  const file = join(rig.folder, 'zones', PARENT);
  expect(await run('named-checkzone', [PARENT, file])).toMatch(/^OK$/m);
});
