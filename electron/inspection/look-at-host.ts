/** One mail host by itself, whatever domains it serves: no MX look-up and no policy (RFC 7672 §2.2). */
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import { conduct } from './conduct.ts';
import { inspectHosts } from './hosts.ts';
import type { InspectionPorts, InspectionQuery } from './ports.ts';
import type { Run } from './run.ts';

/** `query.domain` is the host; ends and aborts like an inspection, and is bounded like one. */
export function lookAtHost(
  query: InspectionQuery,
  ports: InspectionPorts,
  signal: AbortSignal,
): AsyncGenerator<InspectionEvent, void, void> {
  return conduct(query, ports, lookAtOne, signal);
}

async function lookAtOne(run: Run): Promise<void> {
  const host = run.query.domain;
  const mx = {
    // Taken as given: what stands at the host is judged, not the way there.
    security: 'secure',
    records: [{ preference: 0, exchange: host.key }],
    implicit: false,
    null: false,
    nonexistent: false,
    failed: false,
    lookUp: null,
  } as const;
  run.emit({ kind: 'mx', mx, nonexistent: false, failed: false });
  // RFC 7672 §3.2.2: whose mail it takes is not known, so the TLSA base domain is the only name that counts.
  await inspectHosts(run, [host], [], Promise.resolve([]));
}
