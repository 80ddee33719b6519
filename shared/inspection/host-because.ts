/** The plain sentence beside a host's outcome: who, what happens to mail, and why. */
import { assertNever } from '../failure.ts';
import { printable } from '../findings/safe-text.ts';
import { decidingProbes, isOldTls, probeStanding } from './address-standing.ts';
import type { HostStanding } from './host-standing.ts';
import type { HostReport, ProbeReport } from './report.ts';

export function hostBecause(host: HostReport, standing: HostStanding): string {
  const name = printable(host.name);
  const tlsa = printable(host.tlsa.name);
  switch (standing.cause) {
    case 'pending':
      return '';
    case 'unfinished':
      return `The inspection ended before ${name} was looked at.`;
    case 'no-address':
      return `${name} has no address.`;
    case 'address-look-up':
      return host.security === 'bogus'
        ? `The addresses of ${name} do not validate, so senders skip it.`
        : `The addresses of ${name} cannot be looked up, so senders skip it.`;
    case 'mx-insecure':
      return `The MX records are not signed, so nothing promises that ${name} is the right host.`;
    case 'host-insecure':
      return `The addresses of ${name} are not signed, so senders do not look for TLSA records.`;
    case 'tlsa-bogus':
      return `The answer for ${tlsa} does not validate, so senders skip the host.`;
    case 'tlsa-look-up':
      return `No name server gives a usable answer for ${tlsa}, so senders skip the host.`;
    case 'tlsa-insecure':
      return `The TLSA records of ${name} are not signed, so senders ignore them.`;
    case 'tlsa-none':
      return `${name} has no TLSA records that a sender could rely on.`;
    case 'ancestors-bogus':
      return `Every name server denies a name above ${tlsa} without a valid proof; resolvers that look names up step by step call that bogus.`;
    case 'ancestors-silent':
      return `Every name server denies, with a valid proof, a name above ${tlsa}; resolvers that look names up step by step lose the records, and mail goes without DANE in silence.`;
    case 'servers-mismatch':
      return `Name servers of ${name} disagree, and the TLSA records of some match nothing that it presents.`;
    case 'servers-absent':
      return `Name servers of ${name} disagree, and some prove that there are no TLSA records.`;
    case 'servers-unusable':
      return `Name servers of ${name} disagree, and the TLSA records of some cannot be used: with those TLS is demanded, but it stays open whom it is spoken with.`;
    case 'not-probed':
      return `${name} has TLSA records; the mail server itself was left out.`;
    case 'failed':
      return failedBecause(host, name);
    case 'authenticated':
      if (isFromFiles(host)) {
        return `The certificate given for ${name} matches its TLSA records; the server itself was not asked.`;
      }
      return `${name} presents a certificate that its TLSA records match, at every address that answered.`;
    case 'encrypted-only':
      return `No TLSA record of ${name} can be used: TLS is demanded, but it stays open whom it is spoken with.`;
    case 'unreached':
      return unreachedBecause(host, name);
    default:
      return assertNever(standing.cause);
  }
}

function failedBecause(host: HostReport, name: string): string {
  const failed = probesOf(host).find(({ probe }) => probeStanding(probe, true) === 'failed');
  if (failed === undefined) return `${name} does not satisfy its TLSA records.`;
  const { probe, address } = failed;
  if (isOldTls(probe)) return `${name} offers only old TLS at ${address}.`;
  switch (probe.failure) {
    case 'starttls-missing':
      return `${name} does not offer STARTTLS at ${address}, though its TLSA records promise it.`;
    case 'starttls-refused':
      return `${name} refuses STARTTLS at ${address}, though its TLSA records promise it.`;
    case null:
      return probe.offer === 'usual'
        ? `No TLSA record of ${name} matches the certificate it presents at ${address}.`
        : `No TLSA record of ${name} matches the second certificate that it has at ${address}, with a key of type ${printable(probe.keyType ?? 'unknown')}.`;
    default:
      return `TLS with ${name} at ${address} does not come about.`;
  }
}

function isFromFiles(host: HostReport): boolean {
  return probesOf(host).every(({ probe }) => probe.source === 'file');
}

function unreachedBecause(host: HostReport, name: string): string {
  const probes = probesOf(host);
  if (probes.length > 0 && probes.every(({ probe }) => probe.failure === 'private-address')) {
    return `${name} has only addresses that are not public, and they were not connected to.`;
  }
  return `${name} has TLSA records, but could not be reached from here, so its certificate is not known.`;
}

function probesOf(
  host: HostReport,
): readonly { readonly address: string; readonly probe: ProbeReport }[] {
  return host.addresses.flatMap((report) =>
    decidingProbes(report).map((probe) => ({ address: report.address, probe })),
  );
}
