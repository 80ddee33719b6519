/** Findings about how far the conversation with each address got (RFC 3207, RFC 7672 §2.2, RFC 8996). */
import { makeFinding } from '../findings/catalogue.ts';
import type { Finding, Parameters, Severity } from '../findings/finding.ts';
import { decidingProbes, isOldTls } from './address-standing.ts';
import type { HostStanding } from './host-standing.ts';
import type { AddressReport, HostReport, ProbeReport, Report } from './report.ts';
import { linesToPublish, targetParameters } from './tlsa-parameters.ts';

export function smtpFindings(
  report: Report,
  host: HostReport,
  standing: HostStanding,
): readonly Finding[] {
  const ofAddresses = host.addresses.flatMap((address) => {
    const probe = address.probes[0];
    if (probe === undefined) return [];
    const shared = {
      ...targetParameters(report, host, address),
      error: probe.error,
      reply: refusal(probe),
      dane: standing.dane !== 'none',
      optional: standing.dane === 'optional',
    };
    return [
      ...failureFindings(report, address, probe, shared),
      ...(probe.injected ? [makeFinding('starttls-injection', address.address, shared)] : []),
      ...keyTypeFindings(host, address, shared),
      ...unaskedFindings(address, shared),
      ...sniFindings(address, shared),
    ];
  });
  return [
    ...ofAddresses,
    ...addressesDisagree(report, host, standing),
    ...fileFindings(report, host),
  ];
}

function failureFindings(
  report: Report,
  address: AddressReport,
  probe: ProbeReport,
  shared: Parameters,
): readonly Finding[] {
  const subject = address.address;
  // Only where every DANE sender defers is it an error.
  const severity: Severity =
    shared['dane'] === true && shared['optional'] === false ? 'error' : 'warning';
  if (isOldTls(probe)) {
    return [makeFinding('tls-version-old', subject, { ...shared, version: probe.tlsVersion })];
  }
  switch (probe.failure) {
    case null:
    case 'skipped':
      return [];
    case 'private-address':
      return [
        makeFinding('address-private', subject, {
          ...shared,
          range: probe.error,
          domain: report.domain,
        }),
      ];
    case 'proxy':
      // One proxy, one finding, however many servers lie behind it.
      return [
        makeFinding('proxy-failed', report.tool.proxy ?? 'SOCKS', {
          error: probe.error,
          domain: report.domain,
        }),
      ];
    case 'unsupported':
      return [makeFinding('tls-unsupported', subject, { ...shared, domain: report.domain })];
    case 'rejected':
      return [makeFinding('smtp-rejected', subject, shared)];
    case 'starttls-missing':
      return [makeFinding('starttls-missing', subject, shared, severity)];
    case 'starttls-refused':
      return [makeFinding('starttls-refused', subject, shared, severity)];
    case 'tls-failed':
      return [makeFinding('tls-handshake-failed', subject, shared, severity)];
    default:
      break;
  }
  // The rest names how a connection ended; the stage says what could not be done.
  switch (probe.stage) {
    case 'starttls':
      return [makeFinding('starttls-refused', subject, shared, severity)];
    case 'tls':
    case 'done':
      return [makeFinding('tls-handshake-failed', subject, shared, severity)];
    default:
      // Behind a complete reply to EHLO nothing but STARTTLS was left to do.
      return probe.starttls === null
        ? [makeFinding('smtp-unreachable', subject, shared)]
        : [makeFinding('starttls-refused', subject, shared, severity)];
  }
}

/** RFC 7671 §8: a server with two certificates must satisfy the records with both. */
function keyTypeFindings(
  host: HostReport,
  address: AddressReport,
  shared: Parameters,
): readonly Finding[] {
  const judged = decidingProbes(address).filter(({ verdict, ok }) => verdict !== null && ok);
  const failing = judged.find((probe) => probe.verdict === 'failed');
  if (failing === undefined || !judged.some((probe) => probe.verdict === 'authenticated'))
    return [];
  return [
    makeFinding(
      'key-types-disagree',
      address.address,
      { ...shared, unmatched: failing.keyType, publish: linesToPublish(host) },
      shared['optional'] === true ? 'warning' : 'error',
    ),
  ];
}

/** It answered once and not again: whether it has a key of another kind stays open. */
function unaskedFindings(address: AddressReport, shared: Parameters): readonly Finding[] {
  const [first, ...more] = address.probes;
  const unasked = more.find(({ ok, offer }) => !ok && offer !== 'no-sni');
  if (first === undefined || unasked === undefined) return [];
  const facts = { ...shared, keyType: first.keyType, error: unasked.error };
  return [makeFinding('key-type-unasked', address.address, facts)];
}

/** RFC 7672 §8.1: senders with DANE send the name; what others get is good to know, no more. */
function sniFindings(address: AddressReport, shared: Parameters): readonly Finding[] {
  const without = address.probes.find(({ offer }) => offer === 'no-sni');
  if (without === undefined) return [];
  const usual = decidingProbes(address).flatMap(({ chain }) => chain[0] ?? []);
  const leaf = without.ok ? without.chain[0] : undefined;
  if (usual.some(({ certSha256 }) => certSha256 === leaf?.certSha256)) return [];
  const facts = {
    ...shared,
    with: usual[0]?.subject ?? null,
    without: leaf === undefined ? `nothing (${without.error ?? 'no certificate'})` : leaf.subject,
  };
  return [makeFinding('chain-depends-on-sni', address.address, facts)];
}

function fileFindings(report: Report, host: HostReport): readonly Finding[] {
  const fromFile = host.addresses.some(({ probes }) =>
    probes.some(({ source }) => source === 'file'),
  );
  return fromFile
    ? [makeFinding('chain-from-file', host.name, targetParameters(report, host))]
    : [];
}

/** Different certificates at different addresses, and not all of them match. */
function addressesDisagree(
  report: Report,
  host: HostReport,
  standing: HostStanding,
): readonly Finding[] {
  const first = host.addresses.flatMap(({ address, probes }) =>
    probes[0] !== undefined && probes[0].verdict !== null ? [{ address, probe: probes[0] }] : [],
  );
  const leaves = new Set(first.map(({ probe }) => probe.chain[0]?.certSha256));
  const having = (verdict: ProbeReport['verdict']) =>
    first.filter(({ probe }) => probe.verdict === verdict).map(({ address }) => address);
  const matching = having('authenticated');
  const failing = having('failed');
  if (leaves.size < 2 || matching.length === 0 || failing.length === 0) return [];
  const failingAddress = host.addresses.find(({ address }) => address === failing[0]);
  const parameters = {
    ...targetParameters(report, host, failingAddress),
    matching,
    failing,
    publish: linesToPublish(host),
    optional: standing.dane === 'optional',
  };
  const severity = standing.dane === 'optional' ? 'warning' : 'error';
  return [makeFinding('addresses-disagree', host.name, parameters, severity)];
}

/** Nothing at all answered, anywhere: this network is the likelier cause than every mail server at once. */
export function portFindings(report: Report): readonly Finding[] {
  const tried = report.hosts
    .flatMap((host) => host.addresses)
    .flatMap(({ family, probes }) => probes.map((probe) => ({ family, probe })))
    .filter(({ probe }) => probe.source === 'network')
    .filter(({ probe }) => probe.failure !== 'skipped' && probe.failure !== 'private-address');
  const settled = report.hosts.every(
    (host) => host.resolution !== null && host.addresses.every(({ probes }) => probes.length > 0),
  );
  const nothing = tried.every(({ probe }) => probe.stage === 'connect' && isSilence(probe));
  // No IPv6 here is common and says nothing about port 25.
  const telling = tried.some(({ family, probe }) => family === 4 || probe.failure === 'timeout');
  if (!settled || !nothing || !telling) return [];
  const silent = report.hosts.find(({ addresses }) => addresses.length > 0);
  const facts = {
    port: report.tool.smtpPort,
    proxy: report.tool.proxy ?? null,
    host: silent?.name ?? null,
    sni: silent?.tlsa.baseDomain ?? null,
    address: silent?.addresses[0]?.address ?? null,
  };
  return [makeFinding('smtp-port-blocked', report.domain, facts)];
}

/** A reset is an answer: something was there. */
function isSilence(probe: ProbeReport): boolean {
  return probe.failure === 'timeout' || probe.failure === 'unreachable';
}

/** What the server said last, where that is a refusal: before a silence it said something friendly. */
function refusal({ transcript }: ProbeReport): string | null {
  const last = transcript.filter((line) => line.from === 'server').at(-1)?.text ?? null;
  return last !== null && /^[45]\d\d/.test(last) ? last : null;
}
