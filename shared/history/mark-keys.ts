/** The names under which a change marks the things of a report. */
import type { Finding } from '../findings/finding.ts';
import type { TlsaRecordReport } from '../inspection/report.ts';

const SEPARATOR = '|';

export const DOMAIN_MARK = 'domain';

export function hostMark(host: string): string {
  return ['host', host].join(SEPARATOR);
}

export function addressMark(host: string, address: string): string {
  return ['address', host, address].join(SEPARATOR);
}

export function recordMark(host: string, record: string): string {
  return ['record', host, record].join(SEPARATOR);
}

/** By the fingerprint of the certificate that the server presents as its own. */
export function certificateMark(host: string, certSha256: string): string {
  return ['certificate', host, certSha256].join(SEPARATOR);
}

/** Of one finding of one report; what it says of the same subject may be there twice. */
export function findingMark({ code, subject, data }: Finding): string {
  return ['finding', code, subject, canonicalData(data)].join(SEPARATOR);
}

/** The order of parameters is no part of what they say. */
export function canonicalData(data: Finding['data']): string {
  return JSON.stringify(Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `usage selector matchingType hex`, as a zone file has it. */
export function recordText(record: TlsaRecordReport): string {
  const { usage, selector, matchingType, data } = record;
  return `${usage} ${selector} ${matchingType} ${data}`;
}
