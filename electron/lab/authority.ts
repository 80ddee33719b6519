/** Answers one question from one zone (RFC 1034 §4.3.2, RFC 4035 §3.1, RFC 6672 §3.2). */
import {
  isStrictSubdomainOf,
  isSubdomainOf,
  nameFromWire,
  nameToWire,
  replaceSuffix,
  type Name,
} from '../../shared/dns/name.ts';
import { RCODE } from '../../shared/dns/rcode.ts';
import { CLASS_IN, type ResourceRecord, type RRset } from '../../shared/dns/record.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import {
  encloserOf,
  nameErrorProof,
  nameExists,
  noDataProof,
  wildcardAnswerProof,
  wildcardNoDataProof,
} from './denial-proof.ts';
import { isAuthoritative, type SignedZone } from './zone-signer.ts';

export interface Answer {
  readonly rcode: number;
  readonly authoritative: boolean;
  readonly answers: readonly ResourceRecord[];
  readonly authorities: readonly ResourceRecord[];
  readonly additionals: readonly ResourceRecord[];
}

/** Aliases followed within a zone; what is left the resolver asks for itself. */
const MAX_ALIASES = 8;

/** `name` lies in the zone; `dnssec` adds signatures and proofs (the DO bit). */
export function answerFrom(signed: SignedZone, name: Name, type: number, dnssec: boolean): Answer {
  const sections = new Sections(signed, dnssec);
  resolveInZone(signed, name, type, sections, MAX_ALIASES);
  return sections.answer();
}

/** The sections under construction. */
class Sections {
  readonly #signed: SignedZone;
  readonly #dnssec: boolean;
  readonly #answers: ResourceRecord[] = [];
  readonly #authorities: ResourceRecord[] = [];
  readonly #additionals: ResourceRecord[] = [];
  rcode: number = RCODE.NOERROR;
  authoritative = true;

  constructor(signed: SignedZone, dnssec: boolean) {
    this.#signed = signed;
    this.#dnssec = dnssec;
  }

  get hasAnswers(): boolean {
    return this.#answers.length > 0;
  }

  /** `owner` differs from the RRset's own where a wildcard stands in for it. */
  addAnswer(rrset: RRset, owner: Name = rrset.name): void {
    const records = [...rrset.records, ...this.#signaturesOf(rrset)];
    this.#answers.push(...records.map((record) => ({ ...record, name: owner })));
  }

  /** A CNAME that nobody signed: its DNAME is proof enough (RFC 6672 §5.3.1). */
  addUnsignedAnswer(record: ResourceRecord): void {
    this.#answers.push(record);
  }

  addAuthority(rrset: RRset): void {
    this.#authorities.push(...rrset.records, ...this.#signaturesOf(rrset));
  }

  addProof(rrsets: readonly RRset[]): void {
    if (this.#dnssec) for (const rrset of rrsets) this.addAuthority(rrset);
  }

  /** SOA, for negative caching (RFC 2308 §3). */
  addSoa(): void {
    const soa = this.#signed.zone.rrset(this.#signed.zone.apex, TYPE.SOA);
    if (soa) this.addAuthority(soa);
  }

  /** Addresses of name servers, as far as the zone holds them. */
  addAddressesOf(nameServers: RRset): void {
    for (const record of nameServers.records) {
      const target = nameFromWire(record.rdata, 0)?.name;
      if (target === undefined) continue;
      for (const type of [TYPE.A, TYPE.AAAA]) {
        this.#additionals.push(...(this.#signed.zone.rrset(target, type)?.records ?? []));
      }
    }
  }

  #signaturesOf(rrset: RRset): readonly ResourceRecord[] {
    const { zone, signing } = this.#signed;
    if (!this.#dnssec || signing === null) return [];
    return isDenial(rrset) || isAuthoritative(zone, rrset) ? signing.signaturesOf(rrset) : [];
  }

  answer(): Answer {
    return {
      rcode: this.rcode,
      authoritative: this.authoritative,
      answers: this.#answers,
      authorities: this.#authorities,
      additionals: this.#additionals,
    };
  }
}

function isDenial(rrset: RRset): boolean {
  return rrset.type === TYPE.NSEC || rrset.type === TYPE.NSEC3;
}

function resolveInZone(
  signed: SignedZone,
  name: Name,
  type: number,
  sections: Sections,
  aliasesLeft: number,
): void {
  const { zone } = signed;
  const cut = zone.delegationOf(name);
  if (cut !== null && !(cut.key === name.key && type === TYPE.DS)) {
    refer(signed, cut, sections);
    return;
  }
  const redirection = dnameAbove(signed, name);
  if (redirection !== null) {
    followDname(signed, redirection, name, type, sections, aliasesLeft);
  } else if (nameExists(signed, name)) {
    answerNode(signed, name, name, type, sections, aliasesLeft);
  } else {
    const { wildcard } = encloserOf(signed, name);
    if (zone.typesAt(wildcard).length > 0) {
      answerNode(signed, wildcard, name, type, sections, aliasesLeft);
    } else {
      // RFC 6604 §3: the rcode is that of the last name of an alias chain.
      sections.rcode = RCODE.NXDOMAIN;
      sections.addSoa();
      sections.addProof(nameErrorProof(signed, name));
    }
  }
}

/** RFC 4035 §3.1.4: NS, and DS or the proof that there is none. */
function refer(signed: SignedZone, cut: Name, sections: Sections): void {
  const nameServers = signed.zone.rrset(cut, TYPE.NS);
  if (nameServers === null) return;
  // An alias that led into the child was answered with authority.
  sections.authoritative = sections.hasAnswers;
  sections.addAuthority(nameServers);
  const ds = signed.zone.rrset(cut, TYPE.DS);
  if (ds) sections.addProof([ds]);
  else sections.addProof(noDataProof(signed, cut));
  sections.addAddressesOf(nameServers);
}

/** `node` is the name itself or the wildcard that stands in for it. */
function answerNode(
  signed: SignedZone,
  node: Name,
  name: Name,
  type: number,
  sections: Sections,
  aliasesLeft: number,
): void {
  const expanded = node.key !== name.key;
  const rrset = signed.zone.rrset(node, type);
  const alias = rrset === null ? signed.zone.rrset(node, TYPE.CNAME) : null;
  const found = rrset ?? alias;
  if (found === null) {
    sections.addSoa();
    sections.addProof(expanded ? wildcardNoDataProof(signed, name) : noDataProof(signed, name));
    return;
  }
  sections.addAnswer(found, name);
  if (expanded) sections.addProof(wildcardAnswerProof(signed, name));
  if (type === TYPE.NS && rrset !== null) sections.addAddressesOf(rrset);
  if (alias !== null) follow(signed, targetOf(alias), type, sections, aliasesLeft);
}

function follow(
  signed: SignedZone,
  target: Name | null,
  type: number,
  sections: Sections,
  aliasesLeft: number,
): void {
  if (target === null || aliasesLeft === 0) return;
  if (!isSubdomainOf(target, signed.zone.apex)) return;
  resolveInZone(signed, target, type, sections, aliasesLeft - 1);
}

function dnameAbove({ zone }: SignedZone, name: Name): RRset | null {
  const owners = zone.rrsets.filter((rrset) => rrset.type === TYPE.DNAME);
  return owners.find((rrset) => isStrictSubdomainOf(name, rrset.name)) ?? null;
}

function followDname(
  signed: SignedZone,
  dname: RRset,
  name: Name,
  type: number,
  sections: Sections,
  aliasesLeft: number,
): void {
  sections.addAnswer(dname);
  const suffix = targetOf(dname);
  const target = suffix === null ? null : replaceSuffix(name, dname.name, suffix);
  if (target === null) {
    // RFC 6672 §2.2: the new name would be too long.
    sections.rcode = RCODE.YXDOMAIN;
    return;
  }
  const { ttl } = dname;
  const rdata = nameToWire(target);
  sections.addUnsignedAnswer({ name, type: TYPE.CNAME, class: CLASS_IN, ttl, rdata });
  if (type !== TYPE.CNAME) follow(signed, target, type, sections, aliasesLeft);
}

function targetOf(alias: RRset): Name | null {
  const [first] = alias.records;
  return first === undefined ? null : (nameFromWire(first.rdata, 0)?.name ?? null);
}
