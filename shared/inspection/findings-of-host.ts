/** Findings about a host's name and addresses (RFC 2181 §10.3, RFC 7672 §2.1 and §2.2.2). */
import { makeFinding } from '../findings/catalogue.ts';
import type { Finding } from '../findings/finding.ts';
import type { HostReport, Report } from './report.ts';

export function hostFindings(report: Report, host: HostReport): readonly Finding[] {
  if (host.resolution === null) return [];
  return [
    ...aliasFindings(report, host),
    ...failureFindings(host),
    ...goneFindings(report, host),
    ...insecureFindings(host),
  ];
}

function aliasFindings(report: Report, host: HostReport): readonly Finding[] {
  const alias = host.resolution?.alias ?? null;
  if (alias === null || report.mx.implicit) return [];
  const { preference } = host;
  return [makeFinding('mx-target-cname', host.name, { alias, domain: report.domain, preference })];
}

/** One family failing leaves the host usable through the other, and is then a warning. */
function failureFindings(host: HostReport): readonly Finding[] {
  const { failed } = host.resolution ?? { failed: { a: false, aaaa: false } };
  const types = [...(failed.a ? ['A'] : []), ...(failed.aaaa ? ['AAAA'] : [])];
  const usable = host.addresses.length > 0;
  return (['host-bogus', 'host-lookup-failed'] as const).flatMap((code) => {
    const concerned = types.filter((type) => isBogus(host, type) === (code === 'host-bogus'));
    if (concerned.length === 0) return [];
    const reason = lookUpOf(host, concerned[0])?.reason ?? null;
    const parameters = { types: concerned, usable, reason };
    return [makeFinding(code, host.name, parameters, usable ? 'warning' : 'error')];
  });
}

function goneFindings(report: Report, host: HostReport): readonly Finding[] {
  if (host.outcome !== 'gone' || report.mx.implicit) return [];
  const rcode = host.lookUps[0]?.rcode ?? null;
  const parameters = { domain: report.domain, rcode: rcode === 'NOERROR' ? null : rcode };
  return [makeFinding('mx-target-unresolvable', host.name, parameters)];
}

/** RFC 7672 §2.2.2: without secure addresses TLSA records do not apply, but for a securely aliased name. */
function insecureFindings(host: HostReport): readonly Finding[] {
  const { addresses } = host;
  if (addresses.length === 0) return [];
  if (addresses.some((address) => address.security === 'secure')) return [];
  if (!host.tlsa.done || host.tlsa.applies) return [];
  const reason = host.lookUps.find((lookUp) => lookUp.reason !== null)?.reason ?? null;
  return [makeFinding('host-insecure', host.name, { reason })];
}

function isBogus(host: HostReport, type: string): boolean {
  return lookUpOf(host, type)?.security === 'bogus';
}

function lookUpOf(host: HostReport, type: string | undefined) {
  return host.lookUps.find((lookUp) => lookUp.type === type);
}
