// `rollover` on the built-in lab: the plan comes from what is published there.
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
    readonly remove: readonly string[];
  }[];
}

describe('rollover', () => {
  test('keeps what is published until the new certificate is in, then removes it', async () => {
    const at = '2026-11-24T12:00:00Z';
    const command = ['rollover', next, '--host', 'mx.good.lab', '--lab', '--json', '--at', at];
    const { exit, stdout } = await run(command);
    const { steps, wait } = JSON.parse(stdout) as Plan;
    expect(exit).toBe(0);
    expect(steps.map(({ kind }) => kind)).toEqual(['publish', 'deploy', 'remove', 'prepare']);
    // good.lab publishes two records.
    expect(steps.map(({ records }) => records.length)).toEqual([3, 3, 1, 1]);
    expect(steps[2]?.remove).toHaveLength(2);
    expect(steps[3]?.records).toEqual([`3 1 1 ${HASH}`]);
    expect(Date.parse(steps[1]?.earliest ?? '') - Date.parse(at)).toBe(wait * 1000);
    expect(wait).toBeGreaterThanOrEqual(2 * 3600);
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
