// Asks an Unbound that minimises names and keeps denials (RFC 9156, RFC 8198, RFC 8020) whether it still finds a TLSA record.
import { execFile } from 'node:child_process';
import type { UniverseFacts } from '../../universe/universe.ts';

/** `lost`: it has validated proof that there is no such record, and a sender goes on without DANE. */
export type Found = 'found' | 'lost' | 'failed';

/** The questions before are what others have asked it: their answers are in its cache. */
export async function findTlsa(
  universe: UniverseFacts,
  host: string,
  before: readonly (readonly [name: string, type: string])[],
): Promise<Found> {
  for (const [name, type] of before) await dig(universe, name, type);
  return readFound(await dig(universe, `_${universe.smtpPort}._tcp.${host}`, 'TLSA'));
}

export function readFound(output: string): Found {
  const status = /status: (\w+)/.exec(output)?.[1];
  const isSecure = /flags:[^;]* ad[ ;]/.test(output);
  if (status === 'SERVFAIL') return 'failed';
  if (!isSecure || (status !== 'NOERROR' && status !== 'NXDOMAIN')) {
    throw new Error(`the minimising Unbound said something unknown:\n${output}`);
  }
  return /\sIN\s+TLSA\s+\d/.test(output) ? 'found' : 'lost';
}

function dig(universe: UniverseFacts, name: string, type: string): Promise<string> {
  const server = [`@${universe.servers.minimising}`, '-p', String(universe.dnsPort)];
  const args = [...server, '+tries=1', '+time=15', `${name}.`, type];
  return new Promise((resolve) => {
    execFile('dig', args, { timeout: 30_000 }, (_error, stdout) => resolve(stdout));
  });
}
