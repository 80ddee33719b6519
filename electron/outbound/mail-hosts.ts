/** The mail hosts of the situations: name, address, certificate, TLSA records, and how each behaves. */
import { createHash, randomBytes } from 'node:crypto';
import { SCENARIOS, type ScenarioId } from '../../shared/lab/scenario.ts';
import type { TlsIdentity } from '../net/tls-accept.ts';
import { issue, type IssuedCertificate } from '../lab/certificate-issuer.ts';

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
}

export function planMailHosts(options: MailHostOptions): readonly MailHost[] {
  const workshop = createWorkshop(options.at);
  const hosts: MailHost[] = [];
  const add = (scenario: ScenarioId, label: string, rank: number, made: MadeHost): void => {
    const name = nameOf(label, scenario, options.base);
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
      add(id, 'mx1', 1, makeHost('wrong', nameOf('mx1', id, options.base), workshop));
      add(id, 'mx2', 2, makeHost('do', nameOf('mx2', id, options.base), workshop));
    } else add(id, 'mx', 1, makeHost(id, nameOf('mx', id, options.base), workshop));
  }
  return hosts;
}

/** Where the domain is unsigned, the host stands beside it, in the signed zone. */
function nameOf(label: string, id: ScenarioId, base: string): string {
  return `${label}.${id === 'insecure' ? 'insecure-host' : id}.${base}`;
}

type MadeHost = Pick<MailHost, 'identity' | 'tlsa'> &
  Partial<Pick<MailHost, 'behaviour' | 'alias'>>;

function makeHost(id: ScenarioId, name: string, workshop: Workshop): MadeHost {
  const leaf = workshop.leaf(name);
  const right = { identity: chainOf(leaf, workshop.issuer), tlsa: [ofKey('3 1 1', leaf)] };
  const wrong = { ...right, tlsa: [`3 1 1 ${randomBytes(32).toString('hex')}`] };
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

function createWorkshop(at: number): Workshop {
  let serial = 0;
  const make = (
    name: string,
    authority: boolean,
    [from, to]: readonly [number, number],
    issuer: IssuedCertificate | null,
  ): IssuedCertificate => {
    serial += 1;
    return issue({
      commonName: name,
      names: authority ? [] : [name],
      notBefore: at + from * DAY_MS,
      notAfter: at + to * DAY_MS,
      authority,
      // Every client can do it, and a key takes a millisecond.
      keyType: 'ecdsa',
      serial,
      issuer,
      sameKeyAs: null,
    });
  };
  const issuer = make('DANE Inspector outbound test CA', true, [-1, 10 * YEAR_DAYS], null);
  return {
    issuer,
    leaf: (name) => make(name, false, [-1, YEAR_DAYS], issuer),
    expired: (name) => make(name, false, [-YEAR_DAYS, -1], issuer),
  };
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
