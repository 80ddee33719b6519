// `rollover` on the built-in lab: the plan comes from what is published there.
import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from './rig.ts';

const { publicKey } = generateKeyPairSync('ed25519');
const HASH = createHash('sha256')
  .update(publicKey.export({ type: 'spki', format: 'der' }))
  .digest('hex');

let folder = '';
let next = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-rollover-'));
  next = join(folder, 'next.pem');
  writeFileSync(next, publicKey.export({ type: 'spki', format: 'pem' }));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Plan {
  readonly wait: number;
  readonly steps: readonly {
    readonly kind: string;
    readonly earliest: string;
    readonly records: readonly string[];
    readonly add: readonly string[];
    readonly remove: readonly string[];
  }[];
  readonly undecided: readonly string[];
  readonly checked?: {
    readonly verdict: { readonly kind: string; readonly until: string | null };
    readonly steps: readonly { readonly state: string; readonly message: string }[];
  };
}

describe('rollover', () => {
  const AT = '2026-11-24T12:00:00Z';
  const plan = async (...more: readonly string[]): Promise<Plan> => {
    const command = ['rollover', next, '--lab', '--json', '--at', AT, ...more];
    const { exit, stdout } = await run(command);
    expect(exit).toBe(0);
    return JSON.parse(stdout) as Plan;
  };
  const hours = (plan_: Plan, kind: string): number => {
    const step = plan_.steps.find((each) => each.kind === kind);
    return (Date.parse(step?.earliest ?? '') - Date.parse(AT)) / 3_600_000;
  };

  test('keeps what is published until the new certificate is in, then removes the old record alone', async () => {
    const made = await plan('--host', 'mx.good.lab');
    const { steps, wait, undecided } = made;
    expect(steps.map(({ kind }) => kind)).toEqual([
      'publish',
      'wait',
      'deploy',
      'settle',
      'remove',
    ]);
    // good.lab publishes two records, of which the host presents the key of one.
    expect(steps.map(({ records }) => records.length)).toEqual([3, 3, 3, 3, 2]);
    expect(steps[4]?.remove).toHaveLength(1);
    expect(steps[4]?.records).toEqual([`3 1 1 ${HASH}`, ...undecided].sort());
    // The lab's zones: TTL 3600 s twice, REFRESH 1800 s before.
    expect(wait).toBe(2 * 3600 + 1800);
    expect(hours(made, 'deploy')).toBe(2.5);
  });

  test('of a host without records publishes that of the key in use as well', async () => {
    const { steps } = await plan('--host', 'mx.nodane.lab');
    expect(steps[0]?.add).toHaveLength(2);
    expect(steps[0]?.add).toContain(`3 1 1 ${HASH}`);
  });

  test('of a host without records that it may not connect to installs before it publishes', async () => {
    const { steps } = await plan('--host', 'mx.nodane.lab', '--no-smtp');
    expect(steps.map(({ kind }) => kind)).toEqual(['deploy', 'publish', 'prepare']);
  });

  test('--check says what may be done now, and what each name server shows', async () => {
    const { checked } = await plan('--host', 'mx.good.lab', '--check');
    expect(checked?.verdict).toMatchObject({ kind: 'publish-first', until: null });
    expect(checked?.steps[0]).toMatchObject({
      state: 'now',
      message: '0 of 2 name servers; not ns1.good.lab and ns2.good.lab',
    });
    expect(checked?.steps[2]?.state).toBe('not-yet');
  });

  test('--check without --json says it in one line', async () => {
    const { stdout } = await run(['rollover', next, '--host', 'mx.good.lab', '--lab', '--check']);
    expect(stdout).toMatch(/^At .*: Publish first\. No name server shows the new records yet\./m);
  });

  test('opens PKCS #12 with the password of a file', async () => {
    const [key, certificate, store, password] = ['key', 'certificate', 'store', 'password'].map(
      (name) => join(folder, name),
    );
    const openssl = (...more: readonly (string | undefined)[]): void => {
      execFileSync(
        'openssl',
        more.filter((each) => each !== undefined),
        { stdio: 'pipe' },
      );
    };
    const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    const made = ['-keyout', key, '-out', certificate, '-subj', '/CN=mx.good.lab'];
    openssl('req', '-x509', ...newKey, ...made);
    const locked = ['-out', store, '-passout', 'pass:secret'];
    openssl('pkcs12', '-export', '-inkey', key, '-in', certificate, ...locked);
    writeFileSync(password ?? '', 'secret\n');
    const command = ['rollover', store ?? '', '--host', 'mx.good.lab', '--lab'];
    const without = await run(command);
    expect(without.stderr).toContain('Give the password with --password-file.');
    const { exit, stdout } = await run([...command, '--password-file', password ?? '']);
    expect(exit).toBe(0);
    const { publicKey: inside } = new X509Certificate(readFileSync(certificate ?? ''));
    const spki = inside.export({ type: 'spki', format: 'der' });
    expect(stdout).toContain(`3 1 1 ${createHash('sha256').update(spki).digest('hex')}`);
  });

  test('says it as text by default', async () => {
    const { stdout } = await run(['rollover', next, '--host', 'mx.good.lab', '--lab']);
    expect(stdout).toContain(`+ _25._tcp.mx.good.lab. 3600 IN TLSA 3 1 1 ${HASH}`);
  });

  test.each([
    ['mx.unsigned.lab', [], /the look-up of _25\._tcp\.mx\.unsigned\.lab is insecure/],
    ['mx.expired.lab', [], /is bogus/],
    ['mx.good.lab', ['--scheme', 'current+issuer'], /no issuer’s certificate was given/],
    ['mx.good.lab', ['--safety', '0.5'], /a number from 1 to 20/],
  ])('makes no plan for %s with %j', async (host, more, sentence) => {
    const { exit, stdout, stderr } = await run([
      'rollover',
      next,
      '--host',
      host,
      '--lab',
      ...more,
    ]);
    expect(stderr).toMatch(sentence);
    expect({ exit, stdout }).toEqual({ exit: 3, stdout: '' });
  });
});
