/** What name servers say other than before, which servers a zone has, and which keys its parent points to. */
import type { HostReport, Report, ZoneReport } from '../inspection/report.ts';
import type { Change } from './change.ts';
import { comeAndGone } from './come-and-gone.ts';
import { recordText } from './mark-keys.ts';

export function changesOfServers(before: Report, now: Report): readonly Change[] {
  return [
    ...changesOfZoneServers(before, now),
    ...changesOfAnswers(before, now),
    ...changesOfKeys(before, now),
  ];
}

function changesOfZoneServers(before: Report, now: Report): readonly Change[] {
  const old = new Map(before.surveys.map((survey) => [survey.zone, survey]));
  return now.surveys.flatMap(({ zone, servers }) => {
    const then = old.get(zone);
    if (then === undefined || isCutShort(before, zone) || isCutShort(now, zone)) return [];
    const known = new Map([...then.servers, ...servers].map((each) => [serverKey(each), each]));
    const { come, gone } = comeAndGone(then.servers.map(serverKey), servers.map(serverKey));
    const told = (keys: readonly string[], what: 'new' | 'gone'): readonly Change[] =>
      keys.flatMap((key) => {
        const each = known.get(key);
        if (each === undefined) return [];
        const { server, address } = each;
        return [{ kind: 'zone-server', zone, server, address, what }];
      });
    return [...told(come, 'new'), ...told(gone, 'gone')];
  });
}

/** Of a swarm of servers some are asked, and not always the same. */
function isCutShort({ observations }: Report, zone: string): boolean {
  return observations.some(({ code, subject }) => code === 'limit-reached' && subject === zone);
}

interface Server {
  readonly server: string;
  readonly address: string;
}

function serverKey({ server, address }: Server): string {
  return `${server} ${address}`;
}

/** Of each server, about each name that it was asked for both times. */
function changesOfAnswers(before: Report, now: Report): readonly Change[] {
  const old = answersOf(before);
  return [...answersOf(now)].flatMap(([key, { server, address, names }]) => {
    const then = old.get(key);
    if (then === undefined) return [];
    const differing = [...names].flatMap(([name, answer]) => {
      const former = then.names.get(name);
      return former === undefined || former === answer
        ? []
        : [{ name, before: former, now: answer }];
    });
    return differing.length === 0
      ? []
      : [{ kind: 'name-server', server, address, names: differing }];
  });
}

interface ServerAnswers extends Server {
  readonly names: Map<string, string>;
}

function answersOf({ hosts }: Report): ReadonlyMap<string, ServerAnswers> {
  const all = new Map<string, ServerAnswers>();
  const tell = ({ server, address }: Server, name: string, answer: string): void => {
    const key = serverKey({ server, address });
    const known = all.get(key) ?? { server, address, names: new Map<string, string>() };
    all.set(key, known);
    known.names.set(name, answer);
  };
  for (const host of hosts) {
    for (const row of host.ancestors) tell(row, row.name, ancestorAnswer(row));
    for (const row of host.tlsa.servers) {
      if (row.transport === undefined) tell(row, host.tlsa.name, tlsaAnswer(host, row));
    }
  }
  return all;
}

function ancestorAnswer({ rcode, fault }: HostReport['ancestors'][number]): string {
  switch (fault) {
    case null:
    case 'ancestor-nxdomain':
    case 'ancestor-lookup-failed':
      return rcode;
    case 'ancestor-denied':
      return `${rcode} with a denial that covers it`;
    case 'ancestor-bogus':
      return `${rcode} with a denial that does not validate`;
  }
}

/** Records that all servers show alike are told once, as records; only who departs from them is told here. */
function tlsaAnswer(
  { tlsa }: HostReport,
  { rcode, records }: HostReport['tlsa']['servers'][number],
): string {
  if (rcode !== 'NOERROR' && rcode !== 'NXDOMAIN') return rcode;
  const { come, gone } = comeAndGone(tlsa.records.map(recordText), records);
  return come.length === 0 && gone.length === 0 ? 'the same records' : 'other records';
}

/** A zone that was not on the way both times, or whose parent was not heard, is no change. */
function changesOfKeys(before: Report, now: Report): readonly Change[] {
  const old = new Map(before.zones.map((zone) => [zone.zone, zone]));
  return now.zones.flatMap((since) => {
    const { zone, ds } = since;
    const then = old.get(zone);
    if (then === undefined || !arePointersKnown(before, then) || !arePointersKnown(now, since)) {
      return [];
    }
    const { come, gone } = comeAndGone(then.ds.map(tagOf), ds.map(tagOf));
    return come.length === 0 && gone.length === 0 ? [] : [{ kind: 'zone-keys', zone, come, gone }];
  });
}

/** No DS records are shown also where nobody asked for them, as below a zone that is not secure. */
function arePointersKnown({ zones }: Report, { zone, security, ds }: ZoneReport): boolean {
  if (ds.length > 0) return true;
  const [parent] = zones
    .filter((each) => each.zone !== zone && isBelow(zone, each.zone))
    .sort((one, other) => other.zone.length - one.zone.length);
  return security === 'insecure' && parent?.security === 'secure';
}

function isBelow(name: string, zone: string): boolean {
  return zone === '' || zone === '.' || name.endsWith(`.${zone}`);
}

function tagOf({ keyTag }: { readonly keyTag: number }): number {
  return keyTag;
}
