// Changes and reads TLSA records at the two name servers of a zone that takes updates (RFC 2136, RFC 8945).
import { spawn } from 'node:child_process';
import { run, settled } from '../../universe/processes.ts';
import type { UniverseFacts } from '../../universe/universe.ts';

/** Gives the script to nsupdate with the universe's key; it fails when the server refuses. */
export function sendUpdate(universe: UniverseFacts, script: string): Promise<void> {
  // No delegation carries a port, so nsupdate cannot find the server by itself.
  const server = `server ${universe.servers['host-a']} ${universe.dnsPort}`;
  return new Promise((resolve, reject) => {
    const child = spawn('nsupdate', ['-k', universe.updateKey]);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`nsupdate ended with ${code}: ${output}`));
    });
    child.stdin.end(`${server}\n${script}\n`);
  });
}

/** In place of all TLSA records there; waits until both servers show it and nothing else, and the cache too. */
export async function setOnly(
  universe: UniverseFacts,
  {
    zone,
    owner,
    ttl,
    record,
  }: Readonly<Record<'zone' | 'owner' | 'record', string>> & { readonly ttl: number },
): Promise<void> {
  const lines = [`update delete ${owner}. TLSA`, `update add ${owner}. ${ttl} IN TLSA ${record}`];
  await sendUpdate(universe, [`zone ${zone}.`, ...lines, 'send'].join('\n'));
  const followed = await settled(async () => {
    const all = [...(await recordsAtBoth(universe, owner)), await recordsInCache(universe, owner)];
    return all.every((records) => records.join() === record);
  }, SECONDARY_PATIENCE);
  if (!followed) throw new Error(`not every server shows ${record}`);
}

/** Milliseconds for a secondary on a busy machine. */
const SECONDARY_PATIENCE = 30_000;

/** The records as `usage selector matching-type hex`, sorted, as the primary and the secondary answer. */
export async function recordsAtBoth(
  universe: UniverseFacts,
  owner: string,
): Promise<readonly [readonly string[], readonly string[]]> {
  const port = ['-p', String(universe.dnsPort), '+norecurse'];
  const at = (server: 'host-a' | 'host-b'): Promise<readonly string[]> =>
    shown(owner, [`@${universe.servers[server]}`, ...port]);
  return Promise.all([at('host-a'), at('host-b')]);
}

/** The same, as the caching resolver answers. */
function recordsInCache(universe: UniverseFacts, owner: string): Promise<readonly string[]> {
  return shown(owner, [`@${universe.validating ?? ''}`]);
}

async function shown(owner: string, ask: readonly string[]): Promise<readonly string[]> {
  const output = await run('dig', [...ask, '+short', '+nosplit', `${owner}.`, 'TLSA']);
  return output
    .toLowerCase()
    .split('\n')
    .filter((line) => line !== '')
    .sort();
}

/** Waits until the caching resolver will keep the records for so many seconds. */
export async function untilCached(
  universe: UniverseFacts,
  owner: string,
  seconds: number,
): Promise<void> {
  const ask = [`@${universe.validating ?? ''}`, '+noall', '+answer', `${owner}.`, 'TLSA'];
  const cached = await settled(async () => {
    const ttls = (await run('dig', ask)).split('\n').map((line) => Number(line.split(/\s+/)[1]));
    return ttls.some((ttl) => ttl >= seconds);
  }, CACHE_PATIENCE);
  if (!cached) throw new Error(`no cache keeps ${owner} for ${seconds} s`);
}

/** Milliseconds; the records that it waits for live for some seconds. */
const CACHE_PATIENCE = 60_000;
