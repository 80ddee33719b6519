/** Asks every server of a zone for a TLSA name and each name above it, as a minimising resolver would (RFC 9156). */
import { formatTlsa } from '../../shared/dane/tlsa.ts';
import { toHex, readUint32 } from '../../shared/dns/bytes.ts';
import { isSubdomainOf, selfAndAncestors, type Name } from '../../shared/dns/name.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import { assertNever, type Failure } from '../../shared/failure.ts';
import type { AncestorReport, TlsaServerReport } from '../../shared/inspection/report.ts';
import type { ServerAddress, ServerAnswer, ZoneServers } from '../resolver/resolver.ts';
import { MAX_SERVERS_PER_ZONE } from './limits.ts';
import { hasFailed } from './look-up-report.ts';
import { tellLimit, tellObservations, tellStep, type Run } from './run.ts';
import { tlsaRecords } from './tlsa.ts';

/** The answers of all servers for all names, not judged yet. */
export interface Grid {
  readonly owner: Name;
  readonly zone: ZoneServers;
  /** Seconds; null when it could not be had. */
  readonly soaRefresh: number | null;
  /** The TLSA name first, the apex last; one row a name, one answer a server. */
  readonly rows: readonly (readonly ServerAnswer[])[];
}

/** Null where there is nothing to lose: the zone is not secure, so its TLSA records do not count. */
export async function askAncestors(run: Run, owner: Name): Promise<Grid | null> {
  const zone = await run.ports.resolver.zoneOf(owner, run.signal);
  if (zone.failure !== null || zone.security !== 'secure') return null;
  tellStep(run, `Asking the name servers of ${zone.zone.key}`);
  const servers = zone.servers.slice(0, MAX_SERVERS_PER_ZONE);
  if (servers.length < zone.servers.length) tellLimit(run, zone.zone.key, 'MAX_SERVERS_PER_ZONE');
  const names = selfAndAncestors(owner).filter((name) => isSubdomainOf(name, zone.zone));
  const [soaRefresh, rows] = await Promise.all([
    findRefresh(run, zone.zone),
    Promise.all(
      names.map((name) =>
        Promise.all(servers.map((server) => askOnce(run, server, zone, name, owner, names))),
      ),
    ),
  ]);
  return { owner, zone, soaRefresh, rows };
}

/** TLSA at the TLSA name itself, A above it (RFC 9156 §2.1): what a minimising resolver sends. */
function askOnce(
  run: Run,
  server: ServerAddress,
  zone: ZoneServers,
  name: Name,
  owner: Name,
  mustExist: readonly Name[],
): Promise<ServerAnswer> {
  const type = name.key === owner.key ? TYPE.TLSA : TYPE.A;
  const key = `${server.address} ${type} ${name.key}`;
  const known = run.asked.get(key);
  if (known !== undefined) return known;
  const answer = run.ports.resolver.ask(server, zone, name, type, mustExist, run.signal);
  run.asked.set(key, answer);
  return answer;
}

async function findRefresh(run: Run, zone: Name): Promise<number | null> {
  const lookUp = await run.ports.resolver.resolve(zone, TYPE.SOA, run.signal);
  const rdata = lookUp.rrset?.records[0]?.rdata;
  if (hasFailed(lookUp) || rdata === undefined || rdata.length < SOA_NUMBERS) return null;
  // RFC 1035 §3.3.13: SERIAL REFRESH RETRY EXPIRE MINIMUM end the record.
  return readUint32(rdata, rdata.length - SOA_NUMBERS + 4);
}

/** Octets of the five numbers at the end of a SOA record. */
const SOA_NUMBERS = 20;

/** `exists`: TLSA records (or an alias) are known at the owner, so every name above must be there. */
export function judgeGrid(
  run: Run,
  grid: Grid,
  host: Name,
  exists: boolean,
): readonly AncestorReport[] {
  const known = exists || tlsaServers(grid).some((server) => server.records.length > 0);
  return grid.rows.flat().map((answer) => {
    tellObservations(run, answer.observations);
    // Without TLSA records only the host itself and what is above it is known to exist.
    const mustExist = known || isSubdomainOf(host, answer.name);
    const covered = answer.covered.filter((name) => known || isSubdomainOf(host, name));
    return judgeAnswer(grid, answer, mustExist, covered);
  });
}

function judgeAnswer(
  grid: Grid,
  answer: ServerAnswer,
  mustExist: boolean,
  covered: readonly Name[],
): AncestorReport {
  const covers = covered.length > 0;
  const fault = faultOf(grid, answer, mustExist, covers);
  return {
    name: answer.name.key,
    server: answer.server.name,
    address: answer.server.address,
    rcode: answer.rcode ?? failureWord(answer.failure),
    security: answer.security,
    ok: fault === null && !covers && kindOf(answer) !== 'none',
    fault,
    proven: answer.denies !== null && answer.security === 'secure',
    covers,
    coveredNames: covered.map(({ key }) => key),
    answer: kindOf(answer),
    reason: reasonFor(answer, fault),
    raw: toHex(answer.raw),
    questions: [],
  };
}

function faultOf(
  grid: Grid,
  answer: ServerAnswer,
  mustExist: boolean,
  covers: boolean,
): AncestorReport['fault'] {
  const isOwner = answer.name.key === grid.owner.key;
  // What single servers say of the TLSA name itself is compared, not judged, here.
  if (isOwner) return covers ? 'ancestor-denied' : null;
  if (kindOf(answer) === 'none') return 'ancestor-lookup-failed';
  if (!mustExist) return null;
  // RFC 8020 §2: NXDOMAIN means that nothing is below either.
  if (answer.denies === 'name') return 'ancestor-nxdomain';
  if (answer.security === 'bogus') return 'ancestor-bogus';
  return covers ? 'ancestor-denied' : null;
}

function kindOf(answer: ServerAnswer): AncestorReport['answer'] {
  if (answer.rcode !== 'NOERROR' && answer.rcode !== 'NXDOMAIN') return 'none';
  if (answer.denies === 'name') return 'nxdomain';
  return answer.denies === 'type' || answer.answers.length === 0 ? 'empty' : 'answer';
}

function reasonFor(answer: ServerAnswer, fault: AncestorReport['fault']): string {
  switch (fault) {
    case null:
      return answer.reason?.text ?? '';
    case 'ancestor-nxdomain':
      return `says that ${answer.name.key} does not exist, though there are names below it`;
    case 'ancestor-denied':
      return 'a signed denial in the answer covers a name that exists';
    case 'ancestor-bogus':
      return answer.reason?.text ?? 'the answer does not validate';
    case 'ancestor-lookup-failed':
      return `no usable answer (${answer.rcode ?? failureWord(answer.failure)})`;
    default:
      return assertNever(fault);
  }
}

/** What each server serves at the TLSA name; an alias is left to the zone it leads to. */
export function tlsaServers(grid: Grid): readonly TlsaServerReport[] {
  const row = grid.rows[0] ?? [];
  return row
    .filter((answer) => !answer.answers.some(({ type }) => type === TYPE.CNAME))
    .map((answer) => ({
      server: answer.server.name,
      address: answer.server.address,
      rcode: answer.rcode ?? failureWord(answer.failure),
      security: kindOf(answer) === 'none' ? 'indeterminate' : answer.security,
      records: tlsaRecords(answer.answers).map(formatTlsa).sort(),
      verdict: null,
    }));
}

/** In place of an RCODE where there was none. */
function failureWord(failure: Failure | null): string {
  switch (failure?.kind) {
    case undefined:
      return 'NONE';
    case 'timeout':
      return 'TIMEOUT';
    case 'rcode':
      return failure.rcode;
    case 'refused':
      return 'UNREACHABLE';
    default:
      return failure?.kind.toUpperCase().replaceAll('-', '_') ?? 'NONE';
  }
}
