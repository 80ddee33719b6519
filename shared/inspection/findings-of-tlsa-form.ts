/** Findings about how the usable TLSA records are made, whatever they match (RFC 7671 §5.1, §5.2 and §10.1.2). */
import { makeFinding } from '../findings/catalogue.ts';
import type { Finding, Parameters } from '../findings/finding.ts';
import type { HostReport, Report, TlsaRecordReport } from './report.ts';
import { firstAssociation } from './findings-of-tlsa-matching.ts';
import {
  formatRecord,
  linesOf,
  probesOf,
  servedKeys,
  targetParameters,
} from './tlsa-parameters.ts';

/** Above this many records a large sender is known to fail. */
const MOST_RECORDS = 12;

export function formFindings(host: HostReport, shared: Parameters): readonly Finding[] {
  const { records } = host.tlsa;
  const usable = records.filter((record) => record.usable);
  const sha512Only = usable.length > 0 && usable.every((record) => record.matchingType === 2);
  return [
    ...about(
      'tlsa-full-certificate',
      host,
      shared,
      usable.filter((record) => record.selector === 0),
    ),
    ...about(
      'tlsa-no-digest',
      host,
      shared,
      usable.filter((record) => record.matchingType === 0),
    ),
    ...(sha512Only ? [sha512Finding(host, shared, usable)] : []),
    ...(records.length > MOST_RECORDS ? [tooMany(host, shared)] : []),
  ];
}

/**
 * RFC 7250: where every usable record names a key, a server could present the bare key. One notice a
 * domain: it is about what this program did not try, not about the servers.
 */
export function rawKeyFindings(report: Report): readonly Finding[] {
  const hosts = report.hosts.filter(
    (host) => host.tlsa.applies && host.tlsa.security === 'secure' && namesKeysOnly(host),
  );
  const [first] = hosts;
  if (first === undefined) return [];
  const parameters = { ...targetParameters(report, first), hosts: hosts.map(({ name }) => name) };
  return [makeFinding('raw-keys-untested', report.domain, parameters)];
}

function namesKeysOnly(host: HostReport): boolean {
  const usable = host.tlsa.records.filter((record) => record.usable);
  const seen = probesOf(host).some((probe) => probe.chain.length > 0);
  return (
    seen &&
    usable.length > 0 &&
    usable.every(({ usage, selector }) => usage === 3 && selector === 1)
  );
}

function about(
  code: 'tlsa-full-certificate' | 'tlsa-no-digest',
  host: HostReport,
  shared: Parameters,
  records: readonly TlsaRecordReport[],
): readonly Finding[] {
  if (records.length === 0) return [];
  const texts = records.map(formatRecord);
  return [
    makeFinding(code, host.name, {
      ...shared,
      record: texts[0] ?? '',
      records: texts,
      ...replacementOf(host, records),
      remove: texts,
    }),
  ];
}

/** RFC 7671 §9: whoever knows SHA2-512 sets the weaker digest aside, so that adding it harms nobody. */
function sha512Finding(
  host: HostReport,
  shared: Parameters,
  records: readonly TlsaRecordReport[],
): Finding {
  const parameters = { ...shared, ...replacementOf(host, records), remove: [] };
  return makeFinding('tlsa-sha512-only', host.name, parameters);
}

function tooMany(host: HostReport, shared: Parameters): Finding {
  const { records } = host.tlsa;
  // Before any certificate was seen all of them look like leftovers, the right one too; and a weaker
  // digest of the key in use is none.
  const unmatched = records
    .filter((record, index) => {
      const code = firstAssociation(host, index)?.code ?? 'superseded-digest';
      return !record.usable || code !== 'superseded-digest';
    })
    .filter(({ role }) => role === 'next-or-stale')
    .map(formatRecord);
  const parameters = { ...shared, count: records.length, unmatched };
  return makeFinding('tlsa-too-many', host.name, parameters);
}

/** The records of the same keys with selector 1 and SHA2-256, and how sure they are. */
function replacementOf(
  host: HostReport,
  records: readonly TlsaRecordReport[],
): {
  readonly publish: readonly string[];
  readonly published: boolean;
  readonly inRecord: boolean;
} {
  const anchors = records.filter(({ usage }) => usage === 2);
  const keys = [
    ...(anchors.length < records.length ? servedKeys(host).map((key) => `3 1 1 ${key}`) : []),
    ...anchors.flatMap((record) => issuerKey(host, record) ?? []).map((key) => `2 1 1 ${key}`),
  ];
  const published = new Set(host.tlsa.records.map(formatRecord));
  const missing = [...new Set(keys)].filter((record) => !published.has(record));
  return {
    publish: linesOf(host, missing),
    published: keys.length > 0 && missing.length === 0,
    // RFC 7671 §5.2: an anchor given whole need not be sent; its digest would not do without that.
    inRecord: anchors.some((record) => record.matches && record.matchedDepth === null),
  };
}

/** The key of the issuer that the record stands for, where a chain shows it. */
function issuerKey(host: HostReport, record: TlsaRecordReport): string | null {
  const index = host.tlsa.records.indexOf(record);
  for (const probe of probesOf(host)) {
    const depth = probe.associations[index]?.matchedDepth ?? 0;
    const key = depth > 0 ? (probe.chain[depth]?.spkiSha256 ?? '') : '';
    if (key !== '') return key;
  }
  return null;
}
