// Cloudflare's stand-in with the universe's BIND behind it: what the API changes, the name servers then answer.
import { randomBytes } from 'node:crypto';
import {
  startCloudflare,
  type StandIn,
  type StandInRecord,
} from '../../hooks/cloudflare-stand-in.ts';
import type { UniverseFacts } from '../../universe/universe.ts';
import type { HookWay } from './hook.ts';
import { recordsAtBoth, sendUpdate } from './updates.ts';

export interface CloudflareMirror {
  readonly standIn: StandIn;
  readonly way: HookWay;
  /** Waits for the updates under way, and fails if one of them did. */
  close(): Promise<void>;
}

export interface Mirrored {
  readonly zone: string;
  readonly owner: string;
  readonly ttl: number;
}

/** It begins with the records that the name servers have. */
export async function startMirror(
  universe: UniverseFacts,
  { zone, owner, ttl }: Mirrored,
): Promise<CloudflareMirror> {
  const token = randomBytes(20).toString('hex');
  let last = Promise.resolve();
  const standIn = await startCloudflare({
    zone,
    token,
    leastTtl: ttl,
    changed: (records) => {
      const script = scriptFor(records, { zone, owner, ttl });
      // One after the other, as they were asked for.
      last = last.then(() => sendUpdate(universe, script));
      last.catch(() => undefined);
    },
  });
  const [present] = await recordsAtBoth(universe, owner);
  standIn.records.push(...present.map((record) => recordOf(record, owner, ttl)));
  return {
    standIn,
    way: { dns: 'cloudflare', settings: { CF_API: standIn.url, CF_API_TOKEN: token } },
    close: async () => {
      await standIn.close();
      await last;
    },
  };
}

/** All records in place of all others, in one step (RFC 2136 §3.4.2). */
function scriptFor(records: readonly StandInRecord[], { zone, owner, ttl }: Mirrored): string {
  const lines = records.map(
    ({ data: { usage, selector, matching_type, certificate } }) =>
      `update add ${owner}. ${ttl} IN TLSA ${usage} ${selector} ${matching_type} ${certificate}`,
  );
  return [`zone ${zone}.`, `update delete ${owner}. TLSA`, ...lines, 'send'].join('\n');
}

function recordOf(record: string, name: string, ttl: number): StandInRecord {
  const [usage, selector, matching_type, certificate = ''] = record.split(' ');
  return {
    id: randomBytes(16).toString('hex'),
    type: 'TLSA',
    name,
    ttl,
    data: {
      usage: Number(usage),
      selector: Number(selector),
      matching_type: Number(matching_type),
      certificate: certificate.toUpperCase(),
    },
  };
}
