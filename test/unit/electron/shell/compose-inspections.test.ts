// A look at one host as the window asks for it, on the built-in lab, and across the border to the window.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { composeInspections } from '../../../../electron/shell/compose-inspections.ts';
import { readArguments } from '../../../../electron/shell/arguments.ts';
import { readStartOptions } from '../../../../electron/shell/preferences-core.ts';
import { SightingsFile } from '../../../../electron/shell/sightings-file.ts';
import { emptyReport } from '../../../../shared/inspection/empty-report.ts';
import { fold } from '../../../../shared/inspection/fold.ts';
import type { HostLookReply, HostLookRequest } from '../../../../shared/ipc/contract.ts';
import { DEFAULT_PREFERENCES } from '../../../../shared/ipc/default-preferences.ts';
import { parseReply } from '../../../../shared/ipc/parse.ts';

const folder = mkdtempSync(join(tmpdir(), 'looks-'));
afterAll(() => rmSync(folder, { recursive: true }));

const inspections = composeInspections(
  readStartOptions(readArguments([], '/app')),
  () => DEFAULT_PREFERENCES,
  '0',
  new SightingsFile(join(folder, 'sightings.json')),
);
const never = new AbortController().signal;

async function look(host: string, port = 25, signal = never): Promise<HostLookReply> {
  const request: HostLookRequest = { host, port, network: 'lab' };
  const reply: unknown = structuredClone(await inspections.lookAtHost(request, signal));
  const parsed = parseReply('host:look', reply);
  if (!parsed.ok) throw new Error(parsed.problem);
  // Nothing is lost at the border.
  expect(parsed.value).toEqual(reply);
  return parsed.value;
}

async function seen(host: string, port = 25) {
  const reply = await look(host, port);
  if (reply.kind === 'refused') throw new Error(reply.message);
  const report = reply.events.reduce(fold, emptyReport(host));
  return { reply, host: report.hosts[0] };
}

describe('a look at one host', () => {
  test('crosses the border whole, with what is known of its records', async () => {
    const { reply, host } = await seen('mx.good.lab');
    expect(host).toMatchObject({ name: 'mx.good.lab', outcome: 'authenticated' });
    // Two name servers, each with an IPv4 and an IPv6 address.
    expect(host?.tlsa.servers).toHaveLength(4);
    expect(reply.sightings).toHaveLength(2);
    expect(host?.tlsa.records.filter(({ matches }) => matches)).toHaveLength(1);
    expect(reply.sightings.filter(({ matchedAt }) => matchedAt !== undefined)).toHaveLength(1);
  });

  test('remembers since when', async () => {
    const first = await seen('mx.issuer.lab');
    const second = await seen('mx.issuer.lab');
    expect(second.reply.sightings[0]?.since).toBe(first.reply.sightings[0]?.since);
  });

  test('takes a host as people write it', async () => {
    expect((await seen(' MX.Good.Lab. ')).host?.name).toBe('mx.good.lab');
  });

  test('at a port that speaks no STARTTLS asks DNS alone', async () => {
    const { host } = await seen('mx.good.lab', 443);
    expect(host?.tlsa.name).toBe('_443._tcp.mx.good.lab');
    expect(host?.addresses.flatMap(({ probes }) => probes)).toEqual([]);
  });

  test('of what is no host is refused in words', async () => {
    expect(await look('mx..lab')).toMatchObject({ kind: 'refused' });
  });

  test('ends when the window closes', async () => {
    const controller = new AbortController();
    const looking = look('mx.good.lab', 25, controller.signal);
    controller.abort(new Error('closed'));
    await expect(looking).rejects.toThrow('closed');
  });
});
