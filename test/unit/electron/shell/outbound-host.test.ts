// The test of a sender behind the window, with real servers on the loopback.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { checkTestResolvers, composeOutboundTest } from '../../../../electron/compose.ts';
import { OutboundHost, type OutboundPorts } from '../../../../electron/shell/outbound-host.ts';
import type { OutboundState, OutboundWish } from '../../../../shared/ipc/outbound.ts';

const root = mkdtempSync(join(tmpdir(), 'outbound-host-'));
afterAll(() => rmSync(root, { recursive: true }));

const WISH: OutboundWish = {
  base: 'havedane.test',
  nameServer: '127.61.0.53#46053',
  addresses: '127.61.0.1-127.61.0.20',
  ...{ smtpPort: 42_625, listenPort: 42_625, algorithm: null, seconds: 600, open: false },
};

const hosts: OutboundHost[] = [];
afterEach(() => Promise.all(hosts.splice(0).map((host) => host.close())));

let count = 0;

function freshFolder(): string {
  count += 1;
  return join(root, String(count));
}

function hostIn(folder: string, ports: Partial<OutboundPorts> = {}) {
  const told: OutboundState[] = [];
  const host = new OutboundHost({
    ...{ folder, platform: 'linux', now: Date.now },
    ...{ start: composeOutboundTest, check: checkTestResolvers },
    tell: (state) => told.push(state),
    ...ports,
  });
  hosts.push(host);
  return { host, told };
}

test('a test starts, and is told with a recipient for each situation', async () => {
  const { host } = hostIn(freshFolder());
  const started = await host.start(WISH);
  if (started.kind !== 'started' || started.state.kind !== 'running')
    throw new Error(JSON.stringify(started));
  const { report } = started.state;
  expect(report.situations).toHaveLength(19);
});
