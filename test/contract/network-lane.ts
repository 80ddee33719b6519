/** Takes each server of a list into TLS and tells what it saw; then does so in the built-in lab. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { createLab } from '../../electron/lab/lab.ts';
import type { Endpoint, Network, TlsOptions } from '../../electron/net/network.ts';
import { createSystemNetwork } from '../../electron/net/system-network.ts';

const CASES = z.array(
  z.object({
    title: z.string(),
    server: z.object({ address: z.string(), port: z.number() }),
    allowOldVersions: z.boolean(),
    keyTypes: z.array(z.enum(['rsa', 'ecdsa', 'eddsa'])).nullable(),
  }),
);

const never = new AbortController().signal;
const TIMEOUT_MS = 5_000;

/** One line: version, whether the list is exact, and the certificates' digests; or the failure's kind. */
async function see(network: Network, server: Endpoint, options: TlsOptions): Promise<string> {
  const connection = await network.connect(server, TIMEOUT_MS, never);
  if (!connection.ok) return connection.failure.kind;
  await connection.value.read(TIMEOUT_MS, never);
  const upgraded = await connection.value.upgradeToTls(options, TIMEOUT_MS, never);
  if (!upgraded.ok) return upgraded.failure.kind;
  const { version, exact, presented } = upgraded.value.session;
  upgraded.value.close();
  return [version, exact, ...presented.map(digestOf)].join(' ');
}

function digestOf(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex');
}

async function throughTheLab(): Promise<string> {
  const { network } = createLab({ at: Date.now(), realTime: false, roundTripMs: 20 });
  const server = { address: '198.51.100.1', port: 25 };
  const connection = await network.connect(server, TIMEOUT_MS, never);
  if (!connection.ok) return connection.failure.kind;
  const { read, write, upgradeToTls } = connection.value;
  for (const command of ['EHLO lane.example', 'STARTTLS']) {
    await read(TIMEOUT_MS, never);
    await write(Buffer.from(`${command}\r\n`), TIMEOUT_MS, never);
  }
  await read(TIMEOUT_MS, never);
  const options = { serverName: 'mx.good.lab', allowOldVersions: false, keyTypes: null };
  const upgraded = await upgradeToTls(options, TIMEOUT_MS, never);
  if (!upgraded.ok) return upgraded.failure.kind;
  const { version, exact, presented } = upgraded.value.session;
  upgraded.value.close();
  return `${version} ${exact} ${presented.length} after ${network.clock.monotonic()} ms`;
}

async function main(): Promise<void> {
  const cases = CASES.parse(JSON.parse(process.argv[2] ?? '[]'));
  const network = createSystemNetwork();
  const seen: Record<string, string> = {};
  for (const { title, server, allowOldVersions, keyTypes } of cases) {
    const options = { serverName: 'mx.example', allowOldVersions, keyTypes };
    seen[title] = await see(network, server, options);
  }
  seen['lab'] = await throughTheLab();
  process.stdout.write(JSON.stringify({ versions: process.versions, seen }));
}

void main();
