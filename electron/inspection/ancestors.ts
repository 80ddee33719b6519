/** Asks every server of a zone for a TLSA name and each name above it, as a minimising resolver would (RFC 9156). */
import { readUint32 } from '../../shared/dns/bytes.ts';
import { isSubdomainOf, selfAndAncestors, type Name } from '../../shared/dns/name.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import type { ServerAddress, ServerAnswer, ZoneServers } from '../resolver/resolver.ts';
import { MAX_NAMES_TO_APEX, MAX_SERVERS_PER_ZONE } from './limits.ts';
import { hasFailed } from './look-up-report.ts';
import { tellLimit, tellStep, type Run } from './run.ts';
import { askServer } from './server-questions.ts';

/** What all servers say to the question that decides, for each name; not judged yet. */
export interface Grid {
  readonly owner: Name;
  readonly zone: ZoneServers;
  readonly servers: readonly ServerAddress[];
  /** The TLSA name first, the apex last. */
  readonly names: readonly Name[];
  readonly times: ZoneTimes;
  /** Authoritative servers that the TLSA question did not go to: names without address, or addresses beyond our bounds. */
  readonly unasked: readonly string[];
  readonly answers: readonly ServerAnswer[];
}

/** What the SOA record says of how long changes take, in seconds; null when it could not be had. */
export interface ZoneTimes {
  readonly soaRefresh: number | null;
  readonly negativeTtl: number | null;
}

/** Null where there is nothing to lose: the zone is not secure, so its TLSA records do not count. */
export async function askAncestors(run: Run, owner: Name): Promise<Grid | null> {
  const zone = await run.ports.resolver.zoneOf(owner, run.signal);
  if (zone.failure !== null || zone.security !== 'secure') return null;
  tellStep(run, `Asking the name servers of ${zone.zone.key}`);
  const servers = serversOf(run, zone);
  const names = namesToApex(run, owner, zone.zone);
  beginSurvey(run, zone, servers);
  const [times, byQuestion] = await Promise.all([
    findTimes(run, zone.zone),
    Promise.all(
      names.flatMap((name) => servers.map((server) => askDecisive(run, server, zone, name, owner))),
    ),
  ]);
  const answers = byQuestion.flat();
  return { owner, zone, servers, names, times, unasked: unaskedOf(zone, owner, answers), answers };
}

/** The survey begins with the SOA at each address; who is silent then keeps nobody waiting twice. */
function beginSurvey(run: Run, zone: ZoneServers, servers: readonly ServerAddress[]): void {
  for (const server of servers) {
    for (const transport of ['udp', 'tcp'] as const) {
      void askServer(run, zone, server, { name: zone.zone, type: TYPE.SOA, transport });
    }
  }
}

/** The addresses that are asked, which is all of them unless somebody has a swarm. */
export function serversOf(run: Run, { zone, servers }: ZoneServers): readonly ServerAddress[] {
  if (servers.length > MAX_SERVERS_PER_ZONE) tellLimit(run, zone.key, 'MAX_SERVERS_PER_ZONE');
  return servers.slice(0, MAX_SERVERS_PER_ZONE);
}

function namesToApex(run: Run, owner: Name, apex: Name): readonly Name[] {
  const names = selfAndAncestors(owner).filter((name) => isSubdomainOf(name, apex));
  if (names.length > MAX_NAMES_TO_APEX) tellLimit(run, owner.key, 'MAX_NAMES_TO_APEX');
  return names.slice(0, MAX_NAMES_TO_APEX);
}

/** TLSA at the TLSA name itself, A above it (RFC 9156 §2.1): what a minimising resolver sends. */
async function askDecisive(
  run: Run,
  server: ServerAddress,
  zone: ZoneServers,
  name: Name,
  owner: Name,
): Promise<readonly ServerAnswer[]> {
  const type = name.key === owner.key ? TYPE.TLSA : TYPE.A;
  const overUdp = await askServer(run, zone, server, { name, type, transport: 'udp' });
  if (overUdp === null) return [];
  if (!overUdp.truncated) return [overUdp];
  const overTcp = await askServer(run, zone, server, { name, type, transport: 'tcp' });
  return overTcp === null ? [overUdp] : [overUdp, overTcp];
}

function unaskedOf(
  { servers, unfound = [] }: ZoneServers,
  owner: Name,
  answers: readonly ServerAnswer[],
): readonly string[] {
  const asked = new Set(
    answers
      .filter(({ name, type }) => name.key === owner.key && type === TYPE.TLSA)
      .map(({ server }) => server.address),
  );
  const left = servers.map(({ address }) => address).filter((address) => !asked.has(address));
  return [...unfound, ...left];
}

async function findTimes(run: Run, zone: Name): Promise<ZoneTimes> {
  const lookUp = await run.ports.resolver.resolve(zone, TYPE.SOA, run.signal);
  const rdata = lookUp.rrset?.records[0]?.rdata;
  if (hasFailed(lookUp) || rdata === undefined || rdata.length < SOA_NUMBERS) {
    return { soaRefresh: null, negativeTtl: null };
  }
  // RFC 1035 §3.3.13: SERIAL REFRESH RETRY EXPIRE MINIMUM end the record.
  return {
    soaRefresh: readUint32(rdata, rdata.length - SOA_NUMBERS + 4),
    // RFC 9077 §3: signers older than that give denials the MINIMUM even where the SOA record's own TTL is less.
    negativeTtl: readUint32(rdata, rdata.length - 4),
  };
}

/** Octets of the five numbers at the end of a SOA record. */
const SOA_NUMBERS = 20;
