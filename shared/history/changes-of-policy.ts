/** What changed of a domain's policies: MTA-STS (RFC 8461) and TLS reports (RFC 8460). */
import type { MtaStsReport, Report, TlsRptReport } from '../inspection/report.ts';
import type { Change } from './change.ts';
import { missingIn, type Compared } from './changes-of-hosts.ts';

export function changesOfPolicy(before: Report, now: Report): Compared {
  const mtaSts = compare('mta-sts', before.policy.mtaSts, now.policy.mtaSts, mtaStsText);
  const tlsRpt = compare('tls-rpt', before.policy.tlsRpt, now.policy.tlsRpt, tlsRptText);
  const [first] = [mtaSts, tlsRpt].flatMap(({ notCompared }) => notCompared);
  return {
    list: [...mtaSts.list, ...tlsRpt.list],
    notCompared: first === undefined ? [] : [first],
  };
}

function compare<T extends { readonly checked: boolean }>(
  of: 'mta-sts' | 'tls-rpt',
  before: T,
  now: T,
  textOf: (policy: T) => string,
): Compared {
  const missing = missingIn(before, now, ({ checked }) => checked);
  if (missing !== null) {
    // Looked at neither time, as where no mail is taken: nothing is missing.
    if (!before.checked && !now.checked) return { list: [], notCompared: [] };
    return { list: [], notCompared: [{ what: 'policy', host: null, missing }] };
  }
  const [then, since] = [textOf(before), textOf(now)];
  const change: Change = { kind: 'policy', of, before: then, now: since };
  return { list: then === since ? [] : [change], notCompared: [] };
}

function mtaStsText({ record, id, policy, problem }: MtaStsReport): string {
  if (problem !== null) return `unusable (${problem.replace(/\.$/, '')})`;
  if (record === null || policy === null) return 'none';
  return `${policy.mode}, id ${id ?? 'unknown'}, for ${[...policy.mx].sort().join(' ')}`;
}

function tlsRptText({ record, rua, problem }: TlsRptReport): string {
  if (problem !== null) return `unusable (${problem.replace(/\.$/, '')})`;
  return record === null ? 'none' : [...rua].sort().join(' ');
}
