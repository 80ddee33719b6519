/** Finds the hosts that take a domain's mail (RFC 5321 §5.1, RFC 7505, RFC 7672 §2.2.1). */
import { readUint16 } from '../../shared/dns/bytes.ts';
import { nameFromWire, ROOT, type Name } from '../../shared/dns/name.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import type { MxReport } from '../../shared/inspection/report.ts';
import type { LookUp } from '../resolver/resolver.ts';
import { MAX_HOSTS } from './limits.ts';
import { hasFailed, judgedSecurity, lookUpReport } from './look-up-report.ts';
import { tellLimit, tellLookUp, tellStep, type Run } from './run.ts';

/** The hosts to look at, each once, and the names that count as the next hop (RFC 7672 §3.2.2). */
export interface MxStage {
  readonly hosts: readonly Name[];
  readonly nextHops: readonly string[];
  /** Where the MX RRset lives or should: its servers are to be asked; null where there is nothing to ask. */
  readonly owner: Name | null;
}

interface Exchange {
  readonly preference: number;
  readonly exchange: Name;
}

export async function findHosts(run: Run): Promise<MxStage> {
  const { domain } = run.query;
  tellStep(run, `Looking up the MX records of ${domain.key}`);
  const lookUp = await run.ports.resolver.resolve(domain, TYPE.MX, run.signal);
  tellLookUp(run, lookUp);
  const failed = hasFailed(lookUp);
  const nonexistent = !failed && lookUp.rcode === 'NXDOMAIN';
  const exchanges = failed ? [] : exchangesOf(lookUp);
  const only = exchanges.length === 1 ? exchanges[0] : undefined;
  const mx: MxReport = {
    security: judgedSecurity(lookUp),
    records: listed(run, exchanges).map(({ preference, exchange }) => ({
      preference,
      exchange: exchange.key,
    })),
    implicit: !failed && !nonexistent && exchanges.length === 0,
    // RFC 7505 §3: the root as the only exchange.
    null: only !== undefined && only.exchange.labels.length === 0,
    nonexistent,
    failed,
    networkDown: failed && lookUp.zones.length === 0 && !(await rootAnswers(run)),
    lookUp: lookUpReport(lookUp),
  };
  run.emit({ kind: 'mx', mx, nonexistent, failed });
  // Of a failed look-up the servers themselves tell more; of an unreachable DNS they do not.
  const owner = nonexistent || mx.null || mx.networkDown ? null : ownerOf(lookUp);
  if (failed || nonexistent || mx.null) return { hosts: [], nextHops: [], owner };
  const hosts = mx.implicit ? [domain] : once(listed(run, exchanges));
  return { hosts, nextHops: nextHops(run, lookUp, mx), owner };
}

/** The domain, or the end of its alias chain. */
function ownerOf(lookUp: LookUp): Name {
  return lookUp.aliases.at(-1)?.to ?? lookUp.name;
}

/** Where nothing came back, not even a zone on the way, the root tells the network from the domain. */
async function rootAnswers(run: Run): Promise<boolean> {
  const root = await run.ports.resolver.resolve(ROOT, TYPE.SOA, run.signal);
  return root.failure === null;
}

function exchangesOf(lookUp: LookUp): readonly Exchange[] {
  const records = lookUp.rrset?.records ?? [];
  return records
    .flatMap(({ rdata }) => {
      const exchange = nameFromWire(rdata, 2);
      return exchange === null
        ? []
        : [{ preference: readUint16(rdata, 0), exchange: exchange.name }];
    })
    .sort((a, b) => a.preference - b.preference || (a.exchange.key < b.exchange.key ? -1 : 1));
}

function listed(run: Run, exchanges: readonly Exchange[]): readonly Exchange[] {
  if (exchanges.length <= MAX_HOSTS) return exchanges;
  tellLimit(run, run.query.domain.key, 'MAX_HOSTS');
  return exchanges.slice(0, MAX_HOSTS);
}

function once(exchanges: readonly Exchange[]): readonly Name[] {
  return [...new Map(exchanges.map(({ exchange }) => [exchange.key, exchange])).values()];
}

/** RFC 7672 §3.2.2: the domain, and what it is an alias for when every step of that is secure. */
function nextHops(run: Run, lookUp: LookUp, mx: MxReport): readonly string[] {
  // Behind an insecure MX "the MX hostname is the only reference identifier".
  if (!mx.implicit && mx.security !== 'secure') return [];
  const expanded = lookUp.aliases.every((step) => step.security === 'secure')
    ? lookUp.aliases.map((step) => step.to.key)
    : [];
  return [run.query.domain.key, ...expanded.slice(-1)];
}
