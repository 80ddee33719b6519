/** Every finding code there is; published codes are never renamed or given another meaning. */

export type FindingCode = (typeof FINDING_CODES)[number];

const DOMAIN_CODES = [
  'mx-secure',
  'mx-insecure',
  'mx-bogus',
  'mx-lookup-failed',
  'mx-null',
  'mx-implicit',
  'mx-target-cname',
  'mx-target-unresolvable',
  'domain-nonexistent',
  'no-address',
  'host-insecure',
  'host-bogus',
  'host-lookup-failed',
  'tlsa-none',
  'tlsa-insecure',
  'tlsa-bogus',
  'tlsa-lookup-failed',
  'tlsa-cname',
  'tlsa-servers-disagree',
] as const;

const ANCESTOR_CODES = [
  'ancestor-nxdomain',
  'ancestor-denied',
  'ancestor-bogus',
  'ancestor-lookup-failed',
  'ancestors-ok',
] as const;

/** Authoritative servers of one zone that do not say the same. */
const SERVER_CODES = [
  'soa-servers-disagree',
  'dnskey-servers-disagree',
  'mx-servers-disagree',
  'address-servers-disagree',
] as const;

/** The same codes as `ObservationCode`: a resolver observes them, here they get their words. */
const DNSSEC_CODES = [
  'rrsig-expired',
  'rrsig-not-yet-valid',
  'rrsig-invalid',
  'rrsig-missing',
  'ds-mismatch',
  'dnskey-missing',
  'denial-invalid',
  'rrsig-expiring',
  'algorithm-deprecated',
  'algorithm-unsupported',
  'nsec3-iterations',
  'nsec3-opt-out',
  'limit-reached',
  'server-unresponsive',
  'server-lame',
  'server-no-edns',
  'server-no-tcp',
  'server-malformed',
  'server-udp-oversize',
] as const;

const TLSA_CODES = [
  'tlsa-match',
  'tlsa-mismatch',
  'tlsa-record-unmatched',
  'tlsa-record-mistaken',
  'tlsa-unusable-usage',
  'tlsa-malformed',
  'tlsa-all-unusable',
  'tlsa-ta-missing-from-chain',
  'tlsa-ta-name-mismatch',
  'tlsa-ta-expired',
  'tlsa-ee-expired',
  'tlsa-full-certificate',
  'tlsa-no-digest',
  'tlsa-sha512-only',
  'tlsa-too-many',
  'tlsa-ttl',
  'soa-refresh',
  'key-shared',
  'rollover-ready',
  'rollover-single',
] as const;

const SMTP_CODES = [
  'smtp-unreachable',
  'smtp-port-blocked',
  'smtp-rejected',
  'starttls-missing',
  'starttls-refused',
  'tls-handshake-failed',
  'starttls-injection',
  'tls-version-old',
  'certificate-expired',
  'certificate-expiring',
  'certificate-name-mismatch',
  'certificate-key-weak',
  'chain-incomplete',
  'chain-order',
  'chain-superfluous',
  'chain-from-file',
  'raw-keys-untested',
  'key-types-disagree',
  'key-type-unasked',
  'chain-depends-on-sni',
  'tls-unsupported',
  'proxy-failed',
  'addresses-disagree',
  'address-private',
] as const;

const POLICY_CODES = [
  'mta-sts-ok',
  'mta-sts-invalid',
  'mta-sts-mx-mismatch',
  'tlsrpt-ok',
  'tlsrpt-missing',
  'tlsrpt-invalid',
] as const;

export const FINDING_CODES = [
  ...DOMAIN_CODES,
  ...ANCESTOR_CODES,
  ...SERVER_CODES,
  ...DNSSEC_CODES,
  ...TLSA_CODES,
  ...SMTP_CODES,
  ...POLICY_CODES,
] as const;

export type DomainCode = (typeof DOMAIN_CODES)[number];
export type AncestorCode = (typeof ANCESTOR_CODES)[number];
export type ServerCode = (typeof SERVER_CODES)[number];
export type DnssecCode = (typeof DNSSEC_CODES)[number];
export type TlsaCode = (typeof TLSA_CODES)[number];
export type SmtpCode = (typeof SMTP_CODES)[number];
export type PolicyCode = (typeof POLICY_CODES)[number];
