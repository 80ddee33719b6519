/** The lab's domains: what each is like, and what an inspection must make of it. */
import type { KeyType } from '../../shared/x509/issue.ts';
import type { MailServerFault } from './smtp-server.ts';
import type { DenialPolicy } from './denial-chain.ts';

export interface LabDomain {
  readonly name: string;
  /** One line for a person. */
  readonly description: string;
  /** The domain outcome that an inspection gives. */
  readonly outcome: 'secure' | 'partial' | 'degraded' | 'broken' | 'insecure' | 'no-mail';
  /** Findings that must be among those raised. */
  readonly findings: readonly string[];
}

/** A domain as the lab builds it: its zone, its mail hosts, what is wrong with them. */
export interface LabDomainPlan extends LabDomain {
  readonly signing: 'signed' | 'unsigned' | 'expired';
  readonly denial: DenialPolicy;
  /** Labels of the mail hosts, by preference; none is a null MX (RFC 7505). */
  readonly hosts: readonly LabHostPlan[];
  /** MTA-STS and TLS reporting; left out, there is neither. */
  readonly policy?: LabPolicyPlan;
}

export interface LabPolicyPlan {
  readonly mode: 'enforce' | 'testing';
  /** Labels of the mail hosts that the policy lists. */
  readonly mx: readonly string[];
  /** Asks for TLS reports. */
  readonly tlsReports: boolean;
}

export interface LabHostPlan {
  readonly label: string;
  readonly tlsa: readonly LabTlsa[];
  /** False offers no STARTTLS. */
  readonly startTls: boolean;
  /** Pairs of an IPv4 and an IPv6 address; one when left out. */
  readonly addressPairs?: number;
  /** Kinds of key that the host has, with a TLSA record each; ECDSA alone when left out. */
  readonly keyTypes?: readonly KeyType[];
  /** The last of its addresses is a forgotten server, with one certificate and a key of before. */
  readonly oddAddress?: boolean;
  readonly fault?: MailServerFault;
}

/** Whose key a TLSA record holds: the one in use, the one to come, the one before, the issuer's. */
export type LabTlsa = 'current' | 'next' | 'previous' | 'issuer';

const NSEC: DenialPolicy = { kind: 'nsec' };

/** RFC 9276 §3.1: no extra iterations, no salt. */
const NSEC3: DenialPolicy = {
  kind: 'nsec3',
  iterations: 0,
  salt: new Uint8Array(0),
  optOut: false,
  omitEmptyNonTerminals: false,
};

const host = (label: string, ...tlsa: readonly LabTlsa[]): LabHostPlan => ({
  label,
  tlsa,
  startTls: true,
});

/** Three pairs of addresses, and a certificate of each kind that senders meet. */
const farmHost = (label: string, ...tlsa: readonly LabTlsa[]): LabHostPlan => ({
  ...host(label, ...tlsa),
  addressPairs: 3,
  keyTypes: ['ecdsa', 'rsa'],
});

const FARM_HOSTS = 30;
const FARM_ODD = 12;
const FARM_STALE = 21;

/** Thirty alike but for one odd address and one host whose records are old. */
function farm(): readonly LabHostPlan[] {
  return Array.from({ length: FARM_HOSTS }, (_, index): LabHostPlan => {
    const label = `mx${index + 1}`;
    if (index + 1 === FARM_STALE) return farmHost(label, 'previous');
    return { ...farmHost(label, 'current', 'next'), oddAddress: index + 1 === FARM_ODD };
  });
}

export const builtInDomains: readonly LabDomainPlan[] = [
  {
    name: 'good.lab',
    description: 'Everything right: the key in use and the next one are published',
    outcome: 'secure',
    findings: ['tlsa-match', 'ancestors-ok', 'rollover-ready', 'mta-sts-ok', 'tlsrpt-ok'],
    signing: 'signed',
    denial: NSEC3,
    hosts: [host('mx', 'current', 'next')],
    policy: { mode: 'enforce', mx: ['mx'], tlsReports: true },
  },
  {
    name: 'issuer.lab',
    description: 'Right by way of its issuer: one 2 1 1 record for the issuing CA',
    outcome: 'secure',
    findings: ['tlsa-match', 'ancestors-ok'],
    signing: 'signed',
    denial: NSEC,
    hosts: [host('mx', 'issuer')],
  },
  {
    name: 'twohosts.lab',
    description:
      'Two mail hosts; the second still publishes its old key, and MTA-STS leaves it out too',
    outcome: 'degraded',
    findings: ['tlsa-match', 'tlsa-mismatch', 'mta-sts-mx-mismatch', 'tlsrpt-missing'],
    signing: 'signed',
    denial: NSEC3,
    hosts: [host('mx1', 'current'), host('mx2', 'previous')],
    policy: { mode: 'enforce', mx: ['mx1'], tlsReports: false },
  },
  {
    name: 'three.lab',
    description:
      'Three hosts of six addresses, RSA and ECDSA; one address is out of step, one host stale',
    outcome: 'degraded',
    findings: ['tlsa-match', 'addresses-disagree', 'tlsa-mismatch', 'key-shared'],
    signing: 'signed',
    denial: NSEC3,
    hosts: [
      farmHost('mx1', 'current', 'next'),
      { ...farmHost('mx2', 'current', 'next'), oddAddress: true },
      farmHost('mx3', 'previous'),
    ],
  },
  {
    name: 'thirty.lab',
    description:
      'Thirty hosts of six addresses, RSA and ECDSA, with the same two faults among them',
    outcome: 'degraded',
    findings: ['tlsa-match', 'addresses-disagree', 'tlsa-mismatch', 'key-shared'],
    signing: 'signed',
    denial: NSEC3,
    hosts: farm(),
  },
  {
    name: 'stale.lab',
    description: 'A new certificate was installed, its TLSA record was forgotten',
    outcome: 'broken',
    findings: ['tlsa-mismatch'],
    signing: 'signed',
    denial: NSEC,
    hosts: [host('mx', 'previous')],
  },
  {
    name: 'plain.lab',
    description: 'Publishes TLSA, but the mail server offers no STARTTLS',
    outcome: 'broken',
    findings: ['starttls-missing'],
    signing: 'signed',
    denial: NSEC3,
    hosts: [{ ...host('mx', 'current'), startTls: false }],
  },
  {
    name: 'denied.lab',
    description: 'Its name servers deny _tcp.mx.denied.lab, above the TLSA record (NXDOMAIN)',
    outcome: 'insecure',
    findings: ['ancestor-nxdomain', 'ancestor-denied'],
    signing: 'signed',
    denial: { ...NSEC3, omitEmptyNonTerminals: true },
    hosts: [host('mx', 'current')],
  },
  {
    name: 'expired.lab',
    description: 'The signatures of the zone have expired',
    outcome: 'broken',
    findings: ['mx-bogus', 'rrsig-expired'],
    signing: 'expired',
    denial: NSEC,
    hosts: [host('mx', 'current')],
  },
  {
    name: 'nodane.lab',
    description: 'Signed, but without any TLSA record',
    outcome: 'insecure',
    findings: ['tlsa-none'],
    signing: 'signed',
    denial: NSEC3,
    hosts: [host('mx')],
  },
  {
    name: 'unsigned.lab',
    description: 'Not signed: its TLSA record proves nothing',
    outcome: 'insecure',
    findings: ['mx-insecure'],
    signing: 'unsigned',
    denial: NSEC,
    hosts: [host('mx', 'current')],
  },
  {
    name: 'nomail.lab',
    description: 'Takes no mail, and says so with a null MX',
    outcome: 'no-mail',
    findings: ['mx-null'],
    signing: 'signed',
    denial: NSEC,
    hosts: [],
  },
];
