/** The window on the universe of real name servers and mail servers: it shows what `check` must say. */
import { expect, test } from '@playwright/test';
import type { HostOutcome } from '../../shared/inspection/report.ts';
import { EXPECTATIONS } from '../universe/expectations.ts';
import { startUniverse, type Universe } from '../universe/universe.ts';
import { launch, type Launched } from './launch.ts';

/** Milliseconds: keys, certificates and signatures of all zones are made at the start. */
const START_TIMEOUT_MS = 240_000;
/** Milliseconds: some of the servers never answer, and are given their time. */
const INSPECTION_TIMEOUT_MS = 60_000;

const WORDS: Readonly<Record<HostOutcome, string>> = {
  pending: 'looking',
  authenticated: 'authenticated',
  'encrypted-only': 'encrypted only',
  opportunistic: 'opportunistic',
  deferred: 'mail deferred',
  unreachable: 'unreachable',
  gone: 'no address',
};

// The servers need low ports and loopback addresses of their own.
const isPossible = process.platform === 'linux' && process.getuid?.() === 0;
test.skip(!isPossible, 'the real name and mail servers need root on Linux');

let universe: Universe;
let launched: Launched;

test.beforeAll(async () => {
  test.setTimeout(START_TIMEOUT_MS);
  universe = await startUniverse();
  launched = await launch([
    `--root-hints=${universe.rootHints}`,
    `--trust-anchor=${universe.trustAnchor}`,
    `--dns-port=${universe.dnsPort}`,
    `--smtp-port=${universe.smtpPort}`,
    '--allow-private',
  ]);
});

test.afterAll(async () => {
  test.setTimeout(START_TIMEOUT_MS);
  await launched.close();
  await universe.stop();
});

for (const expected of EXPECTATIONS) {
  test(`${expected.domain} is shown as ${expected.outcome}`, async ({}, info) => {
    test.setTimeout(2 * INSPECTION_TIMEOUT_MS);
    test.skip(expected.needs === 'ipv6' && !universe.ipv6, 'this machine has no IPv6');
    const { inspector } = launched;
    await inspector.inspect(expected.domain, INSPECTION_TIMEOUT_MS);
    await info.attach('window', {
      body: await launched.page.screenshot(),
      contentType: 'image/png',
    });
    expect(await inspector.outcome(), expected.why).toBe(expected.outcome);
    for (const [host, outcome] of Object.entries(expected.hosts)) {
      await expect(inspector.node(`host|${host}`), host).toContainText(WORDS[outcome]);
    }
    await expect(inspector.hosts()).toHaveCount(Object.keys(expected.hosts).length);
    const codes = await inspector.codes();
    expect(codes).toEqual(expect.arrayContaining([...expected.must]));
    expect(expected.mustNot.filter((code) => codes.includes(code))).toEqual([]);
    expect(launched.complaints).toEqual([]);
  });
}
