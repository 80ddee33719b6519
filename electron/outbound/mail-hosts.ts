/** The mail hosts of the situations: name, address, certificate, TLSA records, and how each behaves. */
import { createHash } from 'node:crypto';
import { SCENARIOS, type ScenarioId } from '../../shared/lab/scenario.ts';
import type { TlsIdentity } from '../net/tls-accept.ts';
import { issue, type CertificateKeys, type IssuedCertificate } from '../lab/certificate-issuer.ts';
import type { HostKeys } from './host-keys.ts';

export interface MailHost {
  readonly scenario: ScenarioId;
  /** 1 is the best preferred of the situation. */
  readonly rank: number;
  /** Lower case, without a trailing dot. */
  readonly name: string;
  /** The mail domain: `SCENARIO.BASE`. */
  readonly domain: string;
  readonly address: string;
  readonly behaviour: 'proper' | 'no-starttls' | 'injects';
  readonly identity: TlsIdentity;
  /** Data of its TLSA records, in presentation form. */
  readonly tlsa: readonly string[];
  /** The TLSA name is an alias for another name of the zone, which has the records. */
  readonly alias: boolean;
}

export interface MailHostOptions {
  readonly base: string;
  /** Milliseconds since the epoch: certificates are valid then, save those that shall not be. */
  readonly at: number;
  /** Of the hosts of each situation; those that have none are left out. */
  readonly addresses: ReadonlyMap<ScenarioId, readonly string[]>;
  readonly keys: HostKeys;
}

export function planMailHosts(options: MailHostOptions): readonly MailHost[] {
  const issuer = makeIssuer(options);
  const hosts: MailHost[] = [];
  const add = (scenario: ScenarioId, label: string, rank: number, kind = scenario): void => {
    const own = labelsOf(label, scenario);
    const name = `${own}.${options.base}`;
    const made = makeHost(kind, name, createWorkshop(options.at, issuer, options.keys.of(own)));
    const address = options.addresses.get(scenario)?.[rank - 1] ?? '';
    const domain = `${scenario}.${options.base}`;
    hosts.push({
      scenario,
      rank,
      name,
      domain,
      address,
      behaviour: 'proper',
      alias: false,
      ...made,
    });
  };
  for (const { id } of SCENARIOS.filter((each) => options.addresses.has(each.id))) {
    if (id === 'fallback') {
      add(id, 'mx1', 1, 'wrong');
      add(id, 'mx2', 2, 'do');
    } else add(id, 'mx', 1);
  }
  return hosts;
}

/** Where the domain is unsigned, the host stands beside it, in the signed zone. */
function labelsOf(label: string, id: ScenarioId): string {
  return `${label}.${id === 'insecure' ? 'insecure-host' : id}`;
}

type MadeHost = Pick<MailHost, 'identity' | 'tlsa'> &
  Partial<Pick<MailHost, 'behaviour' | 'alias'>>;

function makeHost(id: ScenarioId, name: string, workshop: Workshop): MadeHost {
  const leaf = workshop.leaf(name);
  const right = { identity: chainOf(leaf, workshop.issuer), tlsa: [ofKey('3 1 1', leaf)] };
  const wrong = { ...right, tlsa: [wrongDigest(leaf)] };
  const issuer = [ofKey('2 1 1', workshop.issuer)];
  switch (id) {
    case 'do':
    case 'bogus':
    case 'servfail':
    case 'fallback':
      return right;
    case 'dont':
      return { ...right, tlsa: [] };
    case 'wrong':
    case 'insecure':
    case 'ancestor':
      return wrong;
    case 'strip':
      return { ...right, behaviour: 'no-starttls' };
    case 'unusable':
      return { ...right, tlsa: [ofKey('1 1 1', leaf)] };
    case 'unusable-strip':
      return { ...right, tlsa: [ofKey('1 1 1', leaf)], behaviour: 'no-starttls' };
    case 'ta':
      return { ...right, tlsa: issuer };
    case 'ta-name': {
      const other = workshop.leaf('other.example');
      return { identity: chainOf(other, workshop.issuer), tlsa: issuer };
    }
    case 'ta-expired':
      return { identity: chainOf(workshop.expired(name), workshop.issuer), tlsa: issuer };
    case 'ta-missing':
      return { identity: chainOf(leaf), tlsa: issuer };
    case 'expired': {
      const expired = workshop.expired('other.example');
      return { identity: chainOf(expired, workshop.issuer), tlsa: [ofKey('3 1 1', expired)] };
    }
    case 'cname':
      return { ...right, alias: true };
    case 'cname-wrong':
      return { ...wrong, alias: true };
    case 'injected':
      return { ...right, behaviour: 'injects' };
  }
}

interface Workshop {
  readonly issuer: IssuedCertificate;
  leaf(name: string): IssuedCertificate;
  /** Valid until yesterday. */
  expired(name: string): IssuedCertificate;
}

const DAY_MS = 86_400_000;
const YEAR_DAYS = 365;
/** A service may run for years before its certificates are made anew. */
const VALID_DAYS = 10 * YEAR_DAYS;
const ISSUER_NAME = 'DANE Inspector outbound test CA';

/** All certificates of one host have its key: it presents one of them. */
function createWorkshop(at: number, issuer: IssuedCertificate, keys: CertificateKeys): Workshop {
  const make = (name: string, from: number, to: number): IssuedCertificate =>
    issue({
      commonName: name,
      names: [name],
      notBefore: at + from * DAY_MS,
      notAfter: at + to * DAY_MS,
      authority: false,
      keyType: keys.keyType,
      serial: serialOf(keys, at),
      issuer,
      sameKeyAs: keys,
    });
  return {
    issuer,
    leaf: (name) => make(name, -1, VALID_DAYS),
    expired: (name) => make(name, -YEAR_DAYS, -1),
  };
}

function makeIssuer({ at, keys }: MailHostOptions): IssuedCertificate {
  const own = keys.of('issuer');
  return issue({
    ...{ commonName: ISSUER_NAME, names: [], authority: true },
    ...{ notBefore: at - DAY_MS, notAfter: at + VALID_DAYS * DAY_MS },
    ...{ keyType: own.keyType, serial: serialOf(own, at), issuer: null, sameKeyAs: own },
  });
}

/** Of an issuer no two certificates may share it (RFC 5280 §4.1.2.2): of one key, they differ in their time. */
function serialOf({ publicKeyInfo }: CertificateKeys, at: number): number {
  return createHash('sha256').update(publicKeyInfo).update(`${at}`).digest().readUInt32BE();
}

function chainOf(leaf: IssuedCertificate, ...issuers: readonly IssuedCertificate[]): TlsIdentity {
  return {
    chain: [leaf, ...issuers].map(({ certificate }) => certificate),
    privateKey: leaf.privateKey,
  };
}

/** `parameters` are usage, selector SPKI and matching type SHA2-256 (RFC 6698 §2.1). */
function ofKey(parameters: string, { publicKeyInfo }: IssuedCertificate): string {
  return `${parameters} ${createHash('sha256').update(publicKeyInfo).digest('hex')}`;
}

/** The digest of the digest: the same for the same key, and of nothing that stands in a certificate. */
function wrongDigest({ publicKeyInfo }: IssuedCertificate): string {
  const right = createHash('sha256').update(publicKeyInfo).digest();
  return `3 1 1 ${createHash('sha256').update(right).digest('hex')}`;
}
