/** Whether a run looked at what a finding of another run rests on: only then has it come, or gone. */
import type { Finding } from '../findings/finding.ts';
import type { AddressReport, HostReport, Report } from '../inspection/report.ts';
import { stateOf } from './server-state.ts';

/** `finding` is of the report `of`; `other` has none like it. */
export function isLookedAt(finding: Finding, of: Report, other: Report): boolean {
  const { code } = finding;
  if (code.startsWith('mta-sts-')) return other.policy.mtaSts.checked;
  if (code.startsWith('tlsrpt-')) return other.policy.tlsRpt.checked;
  return of.hosts
    .filter((host) => isAbout(finding, host))
    .every((host) => {
      const there = other.hosts.find(({ name }) => name === host.name);
      // One that is not among the mail hosts takes what was said of it along.
      if (there === undefined) return true;
      if (OF_RECORDS.test(code) && (!there.tlsa.done || there.tlsa.failed)) return false;
      return host.addresses
        .filter((address) => isHeardOf(finding, host, address))
        .every((address) => isSpokenTo(address, there, needOf(code)));
    });
}

/** What TLSA records say or come to; whether they can be looked up is told by the look-up. */
const OF_RECORDS =
  /^(tlsa-(?!lookup|bogus|servers|insecure)|rollover-|soa-refresh|key-shared|certificate-name)/;
/** What is known only once TLS has come about, or could have. */
const OF_SESSIONS =
  /^(tlsa-(match|mismatch|record-|ta-|ee-)|rollover-|key-(shared|types)|certificate-|chain-|tls-(version|handshake)|starttls-|addresses-disagree)/;
/** What is known of whoever is connected to. */
const OF_CONNECTIONS = /^smtp-/;

type Need = 'session' | 'connection' | 'nothing';

function needOf(code: string): Need {
  if (OF_SESSIONS.test(code)) return 'session';
  return OF_CONNECTIONS.test(code) ? 'connection' : 'nothing';
}

function isAbout({ subject, data }: Finding, host: HostReport): boolean {
  const names = [host.name, host.tlsa.name, ...host.addresses.map(({ address }) => address)];
  return names.includes(subject) || data['host'] === host.name;
}

/** Of a finding about the host: whose servers it was heard of. */
function isHeardOf({ subject }: Finding, host: HostReport, address: AddressReport): boolean {
  const isOfOne = host.addresses.some((each) => each.address === subject);
  if (isOfOne) return address.address === subject;
  return stateOf(address) === 'tls' || address.probes[0]?.source === 'file';
}

function isSpokenTo({ address, family }: AddressReport, there: HostReport, need: Need): boolean {
  if (need === 'nothing') return true;
  const same = there.addresses.find((each) => each.address === address);
  if (same === undefined) {
    const { a, aaaa } = there.resolution?.failed ?? { a: true, aaaa: true };
    // It is the host's no more, or not yet; where that is not known, nothing is.
    return family === 4 ? !a : !aaaa;
  }
  const state = stateOf(same);
  return need === 'session' ? state === 'tls' : state !== null;
}
