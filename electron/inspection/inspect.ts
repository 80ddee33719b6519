/** One inspection of one domain, as a stream of events (RFC 7672 from a sender's point of view). */
import type { Name } from '../../shared/dns/name.ts';
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import { conduct, settleAll } from './conduct.ts';
import { inspectHosts } from './hosts.ts';
import { findHosts } from './mx.ts';
import { inspectPolicy } from './policy.ts';
import type { InspectionPorts, InspectionQuery } from './ports.ts';
import type { Run } from './run.ts';
import type { Place } from './survey-plan.ts';

/** Ends with `finished`, always within `MAX_INSPECTION_MS`; an abort of `signal` throws its reason. */
export function inspect(
  query: InspectionQuery,
  ports: InspectionPorts,
  signal: AbortSignal,
): AsyncGenerator<InspectionEvent, void, void> {
  return conduct(query, ports, inspectAll, signal);
}

async function inspectAll(run: Run): Promise<void> {
  const { hosts, nextHops, owner } = await findHosts(run);
  const mxPlace = owner === null ? Promise.resolve([]) : placeOfMx(run, owner);
  await settleAll([inspectHosts(run, hosts, nextHops, mxPlace), inspectPolicy(run, hosts)]);
}

async function placeOfMx(run: Run, owner: Name): Promise<readonly Place[]> {
  const zone = await run.ports.resolver.zoneOf(owner, run.signal);
  return [{ kind: 'mx', name: owner, zone }];
}
