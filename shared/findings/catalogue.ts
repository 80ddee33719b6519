/** Every finding code: how bad it usually is, whose it is to mend, the deciding clause, and its parameters. */
import type { FindingCode } from './codes.ts';
import type { Finding, Mender, Parameters, Severity } from './finding.ts';
import { wordsFor } from './wording.ts';

export interface CatalogueEntry {
  /** The usual one; `makeFinding` may be told another. */
  readonly severity: Severity;
  readonly mends: Mender;
  readonly reference: string;
}

/** `severity` only where the case differs from the usual one. */
export function makeFinding(
  code: FindingCode,
  subject: string,
  parameters: Parameters = {},
  severity: Severity = catalogue[code].severity,
): Finding {
  const { mends, reference } = catalogue[code];
  const { title, message, remedy } = wordsFor(code, subject, parameters);
  return { code, severity, subject, title, message, remedy, mends, reference, data: parameters };
}

export const catalogue: Readonly<Record<FindingCode, CatalogueEntry>> = {
  'mx-secure': entry('ok', 'nobody', 'RFC 7672 §2.2.1'),
  'mx-insecure': entry('warning', 'DNS operator', 'RFC 7672 §2.2.1'),
  'mx-bogus': entry('error', 'DNS operator', 'RFC 7672 §2.2.1'),
  'mx-lookup-failed': entry('error', 'DNS operator', 'RFC 7672 §2.2.1'),
  'mx-null': entry('notice', 'nobody', 'RFC 7505 §3'),
  'mx-implicit': entry('notice', 'domain owner', 'RFC 5321 §5.1'),
  'mx-target-cname': entry('warning', 'domain owner', 'RFC 2181 §10.3'),
  'mx-target-unresolvable': entry('error', 'domain owner', 'RFC 5321 §5.1'),
  'domain-nonexistent': entry('error', 'domain owner', 'RFC 5321 §5.1'),
  'no-address': entry('notice', 'domain owner', 'RFC 5321 §5.1'),
  'host-insecure': entry('warning', 'DNS operator', 'RFC 7672 §2.2.2'),
  'host-bogus': entry('error', 'DNS operator', 'RFC 7672 §2.1.2'),
  'host-lookup-failed': entry('error', 'DNS operator', 'RFC 7672 §2.1.2'),
  'tlsa-none': entry('warning', 'mail host', 'RFC 7672 §2.2'),
  'tlsa-insecure': entry('warning', 'DNS operator', 'RFC 7672 §2.2'),
  'tlsa-bogus': entry('error', 'DNS operator', 'RFC 7672 §2.1.2'),
  'tlsa-lookup-failed': entry('error', 'DNS operator', 'RFC 7672 §2.1.2'),
  'tlsa-cname': entry('notice', 'nobody', 'RFC 7671 §7'),
  'tlsa-servers-disagree': entry('error', 'DNS operator', 'RFC 1034 §4.3.5'),

  'ancestor-nxdomain': entry('error', 'DNS operator', 'RFC 8020 §2'),
  'ancestor-denied': entry('error', 'DNS operator', 'RFC 8198 §5'),
  'ancestor-bogus': entry('error', 'DNS operator', 'RFC 4035 §5.4'),
  'ancestor-lookup-failed': entry('error', 'DNS operator', 'RFC 9156 §3'),
  'ancestors-ok': entry('ok', 'nobody', 'RFC 9156 §3'),

  'soa-servers-disagree': entry('warning', 'DNS operator', 'RFC 1034 §4.3.5'),
  'dnskey-servers-disagree': entry('error', 'DNS operator', 'RFC 6781 §4.1'),
  'mx-servers-disagree': entry('error', 'DNS operator', 'RFC 1034 §4.3.5'),
  'address-servers-disagree': entry('warning', 'DNS operator', 'RFC 1034 §4.3.5'),

  'rrsig-expired': entry('error', 'DNS operator', 'RFC 4035 §5.3.1'),
  'rrsig-not-yet-valid': entry('error', 'DNS operator', 'RFC 4035 §5.3.1'),
  'rrsig-invalid': entry('error', 'DNS operator', 'RFC 4035 §5.3.3'),
  'rrsig-missing': entry('error', 'DNS operator', 'RFC 4035 §2.2'),
  'ds-mismatch': entry('error', 'domain owner', 'RFC 4035 §5.2'),
  'dnskey-missing': entry('error', 'DNS operator', 'RFC 4035 §5.2'),
  'denial-invalid': entry('error', 'DNS operator', 'RFC 4035 §5.4'),
  'rrsig-expiring': entry('warning', 'DNS operator', 'RFC 6781 §4.4.2'),
  'algorithm-deprecated': entry('warning', 'DNS operator', 'RFC 9905 §2'),
  'algorithm-unsupported': entry('notice', 'DNS operator', 'RFC 4035 §5.2'),
  'nsec3-iterations': entry('warning', 'DNS operator', 'RFC 9276 §3.1'),
  'nsec3-opt-out': entry('notice', 'DNS operator', 'RFC 5155 §9.2'),
  'limit-reached': entry('warning', 'nobody', 'RFC 1034 §5.3.3'),
  'server-unresponsive': entry('warning', 'DNS operator', 'RFC 1912 §2.8'),
  'server-lame': entry('warning', 'DNS operator', 'RFC 1912 §2.8'),
  'server-no-edns': entry('warning', 'DNS operator', 'RFC 4035 §3'),
  'server-no-tcp': entry('warning', 'DNS operator', 'RFC 7766 §5'),
  'server-malformed': entry('warning', 'DNS operator', 'RFC 1035 §4.1'),
  'server-udp-oversize': entry('warning', 'DNS operator', 'RFC 9715 §3'),

  'tlsa-match': entry('ok', 'nobody', 'RFC 7672 §3.1'),
  'tlsa-mismatch': entry('error', 'mail host', 'RFC 7672 §2.2'),
  'tlsa-record-unmatched': entry('notice', 'mail host', 'RFC 7671 §8.1'),
  'tlsa-record-mistaken': entry('warning', 'mail host', 'RFC 7671 §5'),
  'tlsa-unusable-usage': entry('warning', 'mail host', 'RFC 7672 §3.1.3'),
  'tlsa-malformed': entry('warning', 'mail host', 'RFC 7671 §4'),
  'tlsa-all-unusable': entry('warning', 'mail host', 'RFC 7672 §2.2'),
  'tlsa-ta-missing-from-chain': entry('error', 'mail host', 'RFC 7672 §3.1.2'),
  'tlsa-ta-name-mismatch': entry('error', 'mail host', 'RFC 7672 §3.2.2'),
  'tlsa-ta-expired': entry('error', 'mail host', 'RFC 7671 §5.2'),
  'tlsa-ee-expired': entry('notice', 'mail host', 'RFC 7672 §3.1.1'),
  'tlsa-full-certificate': entry('notice', 'mail host', 'RFC 7671 §5.1'),
  'tlsa-no-digest': entry('notice', 'mail host', 'RFC 7671 §10.1.2'),
  'tlsa-sha512-only': entry('notice', 'mail host', 'RFC 7671 §10.1.2'),
  'tlsa-too-many': entry('warning', 'mail host', 'RFC 7671 §8'),
  'tlsa-ttl': entry('notice', 'DNS operator', 'RFC 7671 §13'),
  'soa-refresh': entry('notice', 'DNS operator', 'RFC 7671 §8.1'),
  'key-shared': entry('notice', 'mail host', 'RFC 7671 §8'),
  'rollover-ready': entry('ok', 'nobody', 'RFC 7671 §8.1'),
  'rollover-single': entry('notice', 'mail host', 'RFC 7671 §8.1'),

  'smtp-unreachable': entry('warning', 'mail host', 'RFC 7672 §2.2'),
  'smtp-port-blocked': entry('warning', 'this network', 'RFC 5068 §3.1'),
  'smtp-rejected': entry('warning', 'mail host', 'RFC 5321 §3.1'),
  'starttls-missing': entry('error', 'mail host', 'RFC 7672 §2.2'),
  'starttls-refused': entry('error', 'mail host', 'RFC 3207 §4'),
  'tls-handshake-failed': entry('error', 'mail host', 'RFC 7672 §2.2'),
  'starttls-injection': entry('error', 'mail host', 'RFC 3207 §4.2'),
  'tls-version-old': entry('error', 'mail host', 'RFC 8996 §4'),
  'certificate-expired': entry('warning', 'mail host', 'RFC 5280 §4.1.2.5'),
  'certificate-expiring': entry('notice', 'mail host', 'RFC 5280 §4.1.2.5'),
  'certificate-name-mismatch': entry('notice', 'mail host', 'RFC 9525 §6'),
  'certificate-key-weak': entry('warning', 'mail host', 'RFC 9325 §4.2'),
  'chain-incomplete': entry('warning', 'mail host', 'RFC 7672 §3.1.2'),
  'chain-order': entry('notice', 'mail host', 'RFC 8446 §4.4.2'),
  'chain-superfluous': entry('notice', 'mail host', 'RFC 8446 §4.4.2'),
  'chain-from-file': entry('notice', 'nobody', 'RFC 7672 §3.1'),
  'raw-keys-untested': entry('notice', 'nobody', 'RFC 7250 §1'),
  'key-types-disagree': entry('error', 'mail host', 'RFC 7671 §8'),
  'key-type-unasked': entry('notice', 'nobody', 'RFC 7671 §8'),
  'chain-depends-on-sni': entry('notice', 'mail host', 'RFC 7672 §8.1'),
  'tls-unsupported': entry('warning', 'nobody', 'RFC 8446 §4.2.3'),
  'proxy-failed': entry('warning', 'this network', 'RFC 1928 §6'),
  'addresses-disagree': entry('error', 'mail host', 'RFC 7672 §2.2'),
  'address-private': entry('warning', 'domain owner', 'RFC 6890 §2.2'),

  'mta-sts-ok': entry('ok', 'nobody', 'RFC 8461 §5'),
  'mta-sts-invalid': entry('warning', 'domain owner', 'RFC 8461 §3'),
  'mta-sts-mx-mismatch': entry('error', 'domain owner', 'RFC 8461 §4.1'),
  'tlsrpt-ok': entry('ok', 'nobody', 'RFC 8460 §3'),
  'tlsrpt-missing': entry('notice', 'domain owner', 'RFC 8460 §3'),
  'tlsrpt-invalid': entry('warning', 'domain owner', 'RFC 8460 §3'),
};

function entry(severity: Severity, mends: Mender, reference: string): CatalogueEntry {
  return { severity, mends, reference };
}
