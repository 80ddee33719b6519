/** Findings about the domain's own look-up: MX records, their absence, their security (RFC 5321 §5.1, RFC 7672 §2.2.1). */
import { makeFinding } from '../findings/catalogue.ts';
import type { Finding } from '../findings/finding.ts';
import { takesNoMail } from './domain-outcome.ts';
import { keySharedFindings } from './findings-of-shared-keys.ts';
import type { Report } from './report.ts';

export function domainFindings(report: Report): readonly Finding[] {
  const { mx, domain } = report;
  const reason = mx.lookUp?.reason ?? null;
  if (mx.networkDown === true) return [networkDown(report)];
  if (mx.failed) {
    return [
      makeFinding(mx.security === 'bogus' ? 'mx-bogus' : 'mx-lookup-failed', domain, { reason }),
    ];
  }
  if (mx.nonexistent) return [makeFinding('domain-nonexistent', domain, { security: mx.security })];
  if (mx.null) return [makeFinding('mx-null', domain)];
  if (mx.implicit && takesNoMail(report)) return [makeFinding('no-address', domain)];
  if (report.hosts.length === 0) return [];
  const records = mx.records.map((record) => `${record.preference} ${record.exchange}`);
  return [
    ...(mx.implicit ? [makeFinding('mx-implicit', domain)] : []),
    mx.security === 'secure'
      ? makeFinding('mx-secure', domain, { records })
      : makeFinding('mx-insecure', domain, { reason }),
    ...keySharedFindings(report),
  ];
}

/** Without an answer for the root the domain cannot be to blame. */
function networkDown({ domain, mx, tool }: Report): Finding {
  const resolver = tool.resolver === 'iterative' ? null : tool.resolver;
  const parameters = { reason: mx.lookUp?.reason ?? null, networkDown: true, resolver };
  return { ...makeFinding('mx-lookup-failed', domain, parameters), mends: 'this network' };
}
