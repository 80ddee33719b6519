/** What real senders do with mail to an inspected domain: host by host in order of preference (RFC 5321 §5.1, RFC 7672 §2.2). */
import { takesNoMail } from '../inspection/domain-outcome.ts';
import type { HostReport, Report } from '../inspection/report.ts';
import type { Deed, Ruling } from './sender-rules.ts';
import { SENDERS, type Sender } from './sender-table.ts';
import { viewOf, type ResolverKind } from './sender-view.ts';
import { domainSentence, hostSentence } from './sender-words.ts';

/** `depends`: on which host, server or key is met; `unknown`: on what could not be found out. */
export type SenderVerdict = Deed | 'depends' | 'unknown';

export interface SenderRow {
  readonly sender: string;
  readonly setting: string;
  /** One a resolver, in the order of `RESOLVERS`. */
  readonly cells: readonly SenderCell[];
}

export interface SenderCell {
  readonly resolver: ResolverKind;
  readonly verdict: SenderVerdict;
  /** All that can come of it; one where the verdict is certain. */
  readonly possible: readonly Deed[];
  /** Plain words, with the hosts that decide. */
  readonly sentence: string;
  readonly hosts: readonly SenderHost[];
}

export interface SenderHost {
  readonly host: string;
  readonly verdict: SenderVerdict;
  readonly possible: readonly Deed[];
  readonly sentence: string;
  readonly sources: readonly string[];
}

/** From the least that can be lost to the most. */
export const RESOLVERS: readonly ResolverKind[] = ['plain', 'minimising', 'strict'];

export function sendersTable(report: Report): readonly SenderRow[] {
  return SENDERS.map((sender) => ({
    sender: sender.name,
    setting: sender.setting,
    cells: RESOLVERS.map((resolver) => cellOf(report, sender, resolver)),
  }));
}

/** What all of them share, whatever the look-ups say. */
export function sendersNotes(report: Report): readonly string[] {
  const covered = report.hosts.some(({ ancestors }) => ancestors.some(({ covers }) => covers));
  return covered
    ? [
        'A denial from these name servers covers names that exist. A resolver that keeps denials for other questions (RFC 8198) may lose the TLSA records for a while, whichever way it asks.',
      ]
    : [];
}

interface HostRulings {
  readonly host: HostReport;
  readonly rulings: readonly Ruling[];
}

function cellOf(report: Report, sender: Sender, resolver: ResolverKind): SenderCell {
  const whole = wholeDomain(report, sender);
  if (whole !== null) {
    const { deeds, known, sentence } = whole;
    return { resolver, verdict: verdictOf(deeds, known), possible: deeds, sentence, hosts: [] };
  }
  const hosts = report.hosts.map((host): HostRulings => {
    const view = viewOf(report, host, resolver);
    return { host, rulings: view.tlsa.map((tlsa) => sender.rule(view, tlsa)) };
  });
  const { deeds, known, deciding } = walk(hosts, hasMoreHosts(report));
  const verdict = verdictOf(deeds, known);
  return {
    resolver,
    verdict,
    possible: deeds,
    sentence: domainSentence(verdict, deciding),
    hosts: hosts.map((entry) => hostCell(entry)),
  };
}

function hostCell({ host, rulings }: HostRulings): SenderHost {
  const possible = distinct(rulings.flatMap(({ deeds }) => deeds));
  const verdict = verdictOf(
    possible,
    rulings.every(({ known }) => known),
  );
  return {
    host: host.name,
    verdict,
    possible,
    sentence: hostSentence(verdict, host.name, rulings),
    sources: distinct(rulings.map(({ source }) => source)),
  };
}

interface Whole {
  readonly deeds: readonly Deed[];
  readonly known: boolean;
  readonly sentence: string;
}

/** What is settled before any host is looked at; null where the hosts decide. */
function wholeDomain(report: Report, { allGone }: Sender): Whole | null {
  const { mx } = report;
  if (takesNoMail(report)) {
    return {
      deeds: ['returned'],
      known: true,
      sentence: 'Mail is returned: the domain takes none.',
    };
  }
  if (mx.networkDown === true || (mx.lookUp === null && !mx.failed && report.hosts.length === 0)) {
    return {
      deeds: ['deferred'],
      known: false,
      sentence: 'Could not tell: the MX look-up is open.',
    };
  }
  // RFC 5321 §5.1, RFC 7672 §2.1.2: a failed or bogus look-up is temporary for every sender.
  if (mx.failed || mx.security === 'bogus') {
    return { deeds: ['deferred'], known: true, sentence: 'Mail waits: the MX look-up fails.' };
  }
  // postconf(5), smtp_defer_if_no_mx_address_found: some senders return such mail, some keep it.
  if (report.hosts.every(({ outcome }) => outcome === 'gone')) {
    const why = 'no MX host has an address.';
    return allGone === null
      ? { deeds: ['returned', 'deferred'], known: false, sentence: `Could not tell: ${why}` }
      : { deeds: [allGone], known: true, sentence: `Mail is returned: ${why}` };
  }
  return null;
}

interface Walk {
  readonly deeds: readonly Deed[];
  readonly known: boolean;
  /** The hosts that were gone to, with what decided there. */
  readonly deciding: readonly HostRulings[];
}

/**
 * RFC 5321 §5.1: lowest preference first, equals in any order, on to the next where a host is no good
 * (RFC 7672 §2.2: one that fails DANE too). Mail that is returned is tried nowhere else.
 */
function walk(hosts: readonly HostRulings[], more: boolean): Walk {
  const deeds = new Set<Deed>();
  const deciding: HostRulings[] = [];
  let known = true;
  const preferences = distinct(hosts.map(({ host }) => host.preference)).sort((a, b) => a - b);
  for (const preference of preferences) {
    const group = hosts.filter(({ host }) => host.preference === preference);
    const rulings = group.flatMap((entry) => entry.rulings);
    deciding.push(...group);
    known &&= rulings.every((ruling) => ruling.known);
    for (const deed of rulings.flatMap((ruling) => ruling.deeds)) {
      if (deed !== 'deferred') deeds.add(deed);
    }
    const passable = group.every((entry) => canPass(entry));
    if (!passable) return { deeds: [...deeds], known: known || deeds.size === 1, deciding };
  }
  deeds.add('deferred');
  return { deeds: [...deeds], known: !more && (known || deeds.size === 1), deciding };
}

/** Our own bound left MX hosts out, and what happens there is not known. */
function hasMoreHosts({ observations }: Report): boolean {
  return observations.some(({ parameters }) => parameters['limit'] === 'MAX_HOSTS');
}

/** The mail may still be there after this host. */
function canPass({ rulings }: HostRulings): boolean {
  return rulings.some(({ deeds }) => deeds.includes('deferred'));
}

function verdictOf(possible: readonly Deed[], known: boolean): SenderVerdict {
  const [only, ...more] = possible;
  if (!known || only === undefined) return 'unknown';
  return more.length === 0 ? only : 'depends';
}

function distinct<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)];
}
