/** What all hosts together mean for mail to the domain, and the one sentence that says it. */
import { enumerate } from '../findings/facts.ts';
import { printable } from '../findings/safe-text.ts';
import type { DomainOutcome, HostOutcome, HostReport, Report } from './report.ts';

/** The first that fits, in this order; hosts must have their outcomes already. */
export function domainOutcome(report: Report): DomainOutcome {
  const { mx } = report;
  if (mx.lookUp === null && !mx.failed && report.hosts.length === 0 && !report.finished) {
    return 'pending';
  }
  if (takesNoMail(report)) return 'no-mail';
  // Nobody answered even for the root: that says nothing about the domain.
  if (mx.networkDown === true) return 'unknown';
  // The time ran out before its MX records came.
  if (mx.lookUp === null && !mx.failed && report.hosts.length === 0) return 'unknown';
  if (mx.failed) return 'broken';
  const hosts = report.hosts.filter((host) => host.outcome !== 'gone');
  const all = (outcome: HostOutcome): boolean => hosts.every((host) => host.outcome === outcome);
  const some = (outcome: HostOutcome): boolean => hosts.some((host) => host.outcome === outcome);
  if (some('pending')) return 'pending';
  const more = hasMoreHosts(report);
  if (all('deferred') && !more) return 'broken';
  if (some('deferred')) return 'degraded';
  if (some('unreachable')) return 'unknown';
  // Of hosts that nobody looked at nothing is known.
  if (all('authenticated')) return more ? 'unknown' : 'secure';
  return some('authenticated') ? 'partial' : 'insecure';
}

/** Our own bound left MX hosts out. */
function hasMoreHosts({ observations }: Report): boolean {
  return observations.some(({ parameters }) => parameters['limit'] === 'MAX_HOSTS');
}

/** RFC 7505, a name that does not exist, or neither MX nor address (RFC 5321 §5.1). */
export function takesNoMail(report: Report): boolean {
  const { mx } = report;
  if (mx.null || mx.nonexistent) return true;
  return mx.implicit && report.hosts.every((host) => host.outcome === 'gone');
}

export function summarise(report: Report): string {
  const domain = printable(report.domain);
  switch (report.outcome) {
    case 'pending':
      return `${domain} is being looked at.`;
    case 'no-mail':
      return summariseNoMail(report, domain);
    case 'broken':
      return summariseBroken(report, domain);
    case 'degraded':
    case 'partial':
      return sentence(
        'Senders that check DANE',
        part('deliver with verified TLS to', report, 'authenticated'),
        part(
          'deliver without knowing whom they talk to at',
          report,
          'opportunistic',
          'encrypted-only',
        ),
        part('defer mail for', report, 'deferred'),
      );
    case 'unknown':
      if (report.mx.networkDown === true) return summariseNoNetwork(report, domain);
      if (report.hosts.length === 0) {
        return `The inspection ended before the MX records of ${domain} were known.`;
      }
      if (names(report, 'unreachable') === '') {
        return `${domain} has more mail hosts than the ${report.hosts.length} that were looked at, so it is open what senders that check DANE do with mail to it.`;
      }
      return `${names(report, 'unreachable')} could not be judged from here${report.tool.smtp ? '' : ' because the mail servers were left out'}, so it is open what senders that check DANE do with mail to ${domain}.`;
    case 'secure':
      return `Senders that check DANE deliver mail to ${domain} only over TLS, to servers they have verified${isFromFiles(report) ? ', if these send what was given in files' : ''}.`;
    case 'insecure':
      return summariseInsecure(report, domain);
  }
}

/** Some host was judged by a chain that a person gave. */
function isFromFiles({ hosts }: Report): boolean {
  return hosts.some(({ addresses }) =>
    addresses.some(({ probes }) => probes.some(({ source }) => source === 'file')),
  );
}

function summariseNoNetwork({ tool }: Report, domain: string): string {
  const silence =
    tool.resolver === 'iterative'
      ? 'no root name server gave a usable answer'
      : `${printable(tool.resolver)} did not give a usable answer`;
  return `Nothing could be learnt about ${domain}: ${silence}, so it is most likely this machine’s network.`;
}

function summariseNoMail(report: Report, domain: string): string {
  if (report.mx.nonexistent) return `${domain} does not exist; mail to it is returned.`;
  if (report.mx.null) return `${domain} says that it takes no mail; senders return it at once.`;
  return `${domain} has neither MX records nor an address; mail to it is returned.`;
}

function summariseBroken(report: Report, domain: string): string {
  if (report.mx.failed) {
    return report.mx.security === 'bogus'
      ? `Senders defer mail to ${domain}: its MX records do not validate.`
      : `Senders defer mail to ${domain}: no name server gives a usable answer for its MX records.`;
  }
  const deferred = report.hosts.find((host) => host.outcome === 'deferred');
  if (deferred === undefined) {
    return `Mail to ${domain} cannot be delivered: none of its mail hosts has an address.`;
  }
  return `Senders that check DANE defer all mail to ${domain}: ${lowerFirst(deferred.because)}`;
}

function summariseInsecure(report: Report, domain: string): string {
  const reason =
    report.mx.security === 'secure'
      ? ''
      : ' Its MX records are not signed, so anybody on the way can forge where its mail goes.';
  const [only, ...more] = report.hosts.filter((host) => host.outcome !== 'gone');
  const because =
    reason === '' && only !== undefined && more.length === 0 ? ` ${only.because}` : '';
  return `Mail to ${domain} goes without verified TLS: DANE protects none of its hosts.${reason}${because}`;
}

function sentence(subject: string, ...parts: readonly string[]): string {
  return `${subject} ${enumerate(parts.filter((text) => text !== ''))}.`;
}

function part(verb: string, report: Report, ...outcomes: readonly HostOutcome[]): string {
  const list = names(report, ...outcomes);
  return list === '' ? '' : `${verb} ${list}`;
}

/** More than this many host names make the sentence unreadable. */
const NAMES_IN_A_SENTENCE = 3;

function names(report: Report, ...outcomes: readonly HostOutcome[]): string {
  const fitting = report.hosts
    .filter((host: HostReport) => outcomes.includes(host.outcome))
    .map((host) => printable(host.name));
  if (fitting.length <= NAMES_IN_A_SENTENCE) return enumerate(fitting);
  return `${fitting.length} hosts`;
}

function lowerFirst(text: string): string {
  // Host names are lower case already; "Senders …" and "No …" are not names.
  return text.charAt(0).toLowerCase() + text.slice(1);
}
