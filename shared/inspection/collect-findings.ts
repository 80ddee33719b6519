/** All findings of a report, worst first, each once. */
import { makeFinding } from '../findings/catalogue.ts';
import type { Finding, Severity } from '../findings/finding.ts';
import { ancestorFindings } from './findings-of-ancestors.ts';
import { certificateFindings } from './findings-of-certificates.ts';
import { domainFindings } from './findings-of-domain.ts';
import { hostFindings } from './findings-of-host.ts';
import { observationFindings } from './findings-of-observations.ts';
import { policyFindings } from './findings-of-policy.ts';
import { serverFindings } from './findings-of-servers.ts';
import { portFindings, smtpFindings } from './findings-of-smtp.ts';
import { rawKeyFindings } from './findings-of-tlsa-form.ts';
import { tlsaFindings } from './findings-of-tlsa.ts';
import { tlsaRecordFindings } from './findings-of-tlsa-records.ts';
import { standingOf } from './host-standing.ts';
import type { Report } from './report.ts';

/** Each host must have its outcome and its records' roles already. */
export function collectFindings(report: Report): readonly Finding[] {
  const ofHosts = report.hosts.flatMap((host) => {
    const standing = standingOf(report, host);
    return [
      ...hostFindings(report, host),
      ...tlsaFindings(report, host, standing),
      ...tlsaRecordFindings(report, host, standing),
      ...ancestorFindings(report, host),
      ...smtpFindings(report, host, standing),
      ...certificateFindings(report, host, standing),
    ];
  });
  const all = [
    ...domainFindings(report),
    ...ofHosts,
    ...portFindings(report),
    ...rawKeyFindings(report),
    ...policyFindings(report),
    ...serverFindings(report),
    ...observationFindings(report),
  ];
  return worstFirst(once(all)).map((finding) => atPort(report, finding));
}

/** Where name servers are asked at another port than 53, the commands have to ask there too. */
function atPort({ tool: { dnsPort } }: Report, finding: Finding): Finding {
  if (dnsPort === undefined) return finding;
  const { code, subject, data, severity } = finding;
  const moved = makeFinding(code, subject, { ...data, dnsPort }, severity);
  return moved.remedy === finding.remedy ? finding : moved;
}

function once(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Map<string, Finding>();
  for (const finding of findings) {
    const key = identity(finding);
    if (!seen.has(key)) seen.set(key, finding);
  }
  return [...seen.values()];
}

/** A server's fault is one fault, in however many look-ups it showed. */
function identity({ code, subject, data }: Finding): string {
  return JSON.stringify(code.startsWith('server-') ? [code, subject] : [code, subject, data]);
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, notice: 2, ok: 3 };

/** Stable: within a severity they stay in the order of the chain, from domain to certificate. */
function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}
