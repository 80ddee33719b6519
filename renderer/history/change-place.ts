/** Where in what is shown a change can be looked at; null for what is not there any more. */
import type { Change } from '../../shared/history/change.ts';
import { recordText } from '../../shared/history/mark-keys.ts';
import type { Finding } from '../../shared/findings/finding.ts';
import type { Report } from '../../shared/inspection/report.ts';
import type { NodeId } from '../store/node-id.ts';

export type Place =
  | { readonly kind: 'node'; readonly node: NodeId }
  | { readonly kind: 'finding'; readonly finding: Finding };

export function placeOf(report: Report, change: Change): Place | null {
  switch (change.kind) {
    case 'outcome':
    case 'policy':
      return { kind: 'node', node: { kind: 'domain' } };
    case 'finding':
      return change.what === 'new' ? { kind: 'finding', finding: change.finding } : null;
    case 'severity':
      return { kind: 'finding', finding: change.finding };
    case 'security':
      return change.of === 'mx'
        ? { kind: 'node', node: { kind: 'domain' } }
        : placeOfHost(report, change.subject);
    case 'record':
      return placeOfRecord(report, change.host, change.record);
    case 'host':
    case 'host-outcome':
    case 'preference':
    case 'address':
    case 'certificate':
    case 'issuers':
    case 'mail-server':
      return placeOfHost(report, change.host);
    case 'name-server':
    case 'zone-server':
    case 'zone-keys':
      return null;
  }
}

function placeOfHost(report: Report, host: string): Place | null {
  const isThere = report.hosts.some(({ name }) => name === host);
  return isThere ? { kind: 'node', node: { kind: 'host', host } } : null;
}

function placeOfRecord(report: Report, host: string, record: string): Place | null {
  const records = report.hosts.find(({ name }) => name === host)?.tlsa.records ?? [];
  const index = records.findIndex((each) => recordText(each) === record);
  return index < 0
    ? placeOfHost(report, host)
    : { kind: 'node', node: { kind: 'tlsa', host, index } };
}
