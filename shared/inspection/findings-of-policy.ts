/** Findings about the policies that stand beside DANE: MTA-STS (RFC 8461) and TLS reporting (RFC 8460). */
import { makeFinding } from '../findings/catalogue.ts';
import type { Finding } from '../findings/finding.ts';
import type { Report } from './report.ts';

/** A policy that could not be looked up makes none: whether there is one is not known. */
export function policyFindings(report: Report): readonly Finding[] {
  return [...mtaStsFindings(report), ...tlsRptFindings(report)];
}

function mtaStsFindings({ domain, policy: { mtaSts } }: Report): readonly Finding[] {
  const { checked, record, problem, policy, uncovered } = mtaSts;
  // No record, no policy, and that is no fault.
  if (!checked || record === null) return [];
  if (problem !== null) {
    return [makeFinding('mta-sts-invalid', domain, { reason: problem, record })];
  }
  if (policy === null) return [];
  const { mode, maxAge, mx } = policy;
  const parameters = { mode, maxAge, patterns: mx };
  if (uncovered.length === 0) return [makeFinding('mta-sts-ok', domain, parameters)];
  // RFC 8461 §5: in testing mode mail is delivered all the same, and the failure reported.
  return [
    makeFinding(
      'mta-sts-mx-mismatch',
      domain,
      { ...parameters, hosts: uncovered },
      mode === 'enforce' ? 'error' : 'warning',
    ),
  ];
}

function tlsRptFindings({ domain, policy: { tlsRpt } }: Report): readonly Finding[] {
  const { checked, record, rua, problem } = tlsRpt;
  if (!checked) return [];
  if (record === null) return problem === null ? [makeFinding('tlsrpt-missing', domain)] : [];
  return problem === null
    ? [makeFinding('tlsrpt-ok', domain, { addresses: rua })]
    : [makeFinding('tlsrpt-invalid', domain, { reason: problem, record })];
}
