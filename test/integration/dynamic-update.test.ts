// The nsupdate script that `tlsa` writes mends a real zone: BIND takes it, signs it, hands it to its secondary, and mail is no longer deferred (RFC 2136, RFC 7672 §2.2).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { run, settled } from '../universe/processes.ts';
import { check, runCommandLine } from './command-line.ts';
import { judgeWithPosttlsFinger } from './judges/posttls-finger.ts';
import { keyDigest, presentedChain } from './renewal/mail-server.ts';
import { recordsAtBoth, sendUpdate } from './renewal/updates.ts';

const universe = inject('universe');
const DOMAIN = 'updated.test';
const HOST = `mx.${DOMAIN}`;
const OWNER = `_${universe.smtpPort}._tcp.${HOST}`;
/** Milliseconds for the secondary to follow, and for two-second records to leave a cache. */
const PATIENCE = 20_000;

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-update-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a host whose record is that of its former certificate', () => {
  test('is told as broken, and the script made from what it presents mends it', async () => {
    const before = await check(universe, DOMAIN);
    expect(before.report.outcome).toBe('broken');
    expect(before.report.findings.map(({ code }) => code)).toContain('tlsa-mismatch');
    expect(await judgeWithPosttlsFinger(universe, HOST)).toBe('mismatch');
    const [stale] = await recordsAtBoth(universe, OWNER);
    expect(stale).toHaveLength(1);

    const chain = join(folder, 'presented.pem');
    writeFileSync(chain, await presentedChain(universe, HOST));
    const place = ['--host', HOST, '--port', String(universe.smtpPort), '--zone', DOMAIN];
    const script = await runCommandLine([
      ...['tlsa', chain, '--format', 'nsupdate', '--ttl', '2', ...place],
    ]);
    expect(script.exit, script.stderr).toBe(0);
    await sendUpdate(universe, script.stdout);

    // RFC 6698 §2.1: the leaf's key by `openssl`, and not by our own hand.
    const leaf = `3 1 1 ${await keyDigest(chain)}`;
    const followed = await settled(async () => {
      const [primary, secondary] = await recordsAtBoth(universe, OWNER);
      return primary.includes(leaf) && secondary.includes(leaf);
    }, PATIENCE);
    expect(followed, `both servers have ${leaf}`).toBe(true);
    const after = await check(universe, DOMAIN);
    expect(after.report.outcome).toBe('secure');
    expect(after.run.exit).toBe(0);
    const judged = settled(
      async () => (await judgeWithPosttlsFinger(universe, HOST)) === 'verified',
      PATIENCE,
    );
    expect(await judged).toBe(true);
  });

  test('stays secure when the stale record is taken out as `check` says', async () => {
    const { report } = await check(universe, DOMAIN);
    const stale = report.hosts[0]?.tlsa.records.filter(({ matches }) => matches === false) ?? [];
    expect(stale).toHaveLength(1);
    const lines = stale.map(
      ({ usage, selector, matchingType, data }) =>
        `update delete ${OWNER}. IN TLSA ${usage} ${selector} ${matchingType} ${data}`,
    );
    await sendUpdate(universe, `zone ${DOMAIN}.\n${lines.join('\n')}\nsend`);
    const gone = await settled(async () => {
      const both = await recordsAtBoth(universe, OWNER);
      return both.every((records) => stale.every(({ data }) => !records.join().includes(data)));
    }, PATIENCE);
    expect(gone).toBe(true);
    expect((await check(universe, DOMAIN)).report.outcome).toBe('secure');
  });

  test('cannot be changed with another key', async () => {
    const other = join(folder, 'other.key');
    writeFileSync(other, await run('tsig-keygen', ['universe-update']));
    const [before] = await recordsAtBoth(universe, OWNER);
    const script = `zone ${DOMAIN}.\nupdate delete ${OWNER}. TLSA\nsend`;
    await expect(sendUpdate({ ...universe, updateKey: other }, script)).rejects.toThrow(/BADSIG/);
    expect((await recordsAtBoth(universe, OWNER))[0]).toEqual(before);
  });
});
