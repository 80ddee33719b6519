/** The lab's tree of zones: a signed root, the TLD `lab`, and a zone a domain. */
import type { Name } from '../../shared/dns/name.ts';
import { recordToText } from '../../shared/dns/presentation.ts';
import { CLASS_IN, type ResourceRecord } from '../../shared/dns/record.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import type { DenialPolicy } from './denial-chain.ts';
import { once } from './once.ts';
import { delegationSignerOf, generateZoneKey, type ZoneKey } from './zone-key.ts';
import { signZone, type SignedZone } from './zone-signer.ts';
import { knownName, knownRecords } from './zone-text.ts';

export interface NameServerPlan {
  readonly host: string;
  readonly addresses: readonly string[];
}

export interface ZonePlan {
  /** Presentation form, `.` for the root. */
  readonly apex: string;
  readonly nameServers: readonly NameServerPlan[];
  /** Records besides SOA, NS and the name servers' own addresses; asked for when the zone is. */
  readonly records: () => string;
  readonly signing: 'signed' | 'unsigned' | 'expired';
  readonly denial: DenialPolicy;
}

export interface BuiltZone {
  readonly plan: ZonePlan;
  /** Built when it is first asked for; the zone above needs no more than the keys. */
  readonly signed: () => SignedZone;
  /** NS, glue and DS, for the zone above. */
  readonly delegation: string;
  /** DS records, for a trust anchor. */
  readonly delegationSigner: string;
}

const DAY_SECONDS = 86_400;
/** Young enough, and far enough from its end, that nobody warns. */
const SIGNATURE_AGE_SECONDS = 3 * DAY_SECONDS;
const SIGNATURE_LEFT_SECONDS = 11 * DAY_SECONDS;
const EXPIRED_SINCE_SECONDS = 2 * DAY_SECONDS;

/** ECDSA P-256: small answers, and a key takes a millisecond to make. */
const ALGORITHM = 13;

const TTL_SECONDS = 3600;
/** SOA refresh within the TLSA records' TTL, so that secondaries follow in time. */
const REFRESH_SECONDS = 1800;
const NEGATIVE_TTL_SECONDS = 300;

/** `at` in milliseconds since the epoch: the signatures are good then, or have just expired. */
export function buildZone(plan: ZonePlan, at: number, delegations: readonly string[]): BuiltZone {
  const apex = knownName(plan.apex);
  const keys =
    plan.signing === 'unsigned'
      ? []
      : [generateZoneKey(ALGORITHM, true), generateZoneKey(ALGORITHM, false)];
  const delegationSigner = keys
    .filter((key) => key.secureEntryPoint)
    .map((key) => `${recordToText(delegationSignerRecord(apex, key))}\n`)
    .join('');
  return {
    plan,
    signed: once(() => signedZone(plan, at, delegations, keys)),
    delegation: nameServerText(plan) + delegationSigner,
    delegationSigner,
  };
}

function signedZone(
  plan: ZonePlan,
  at: number,
  delegations: readonly string[],
  keys: readonly ZoneKey[],
): SignedZone {
  const apex = knownName(plan.apex);
  const records = [
    ...knownRecords(apexText(plan), apex),
    ...knownRecords(`$TTL ${TTL_SECONDS}\n${plan.records()}\n`, apex),
    ...delegations.flatMap((text) => knownRecords(text, apex)),
  ];
  const now = Math.floor(at / 1000);
  const expired = plan.signing === 'expired';
  return signZone(
    apex,
    records,
    keys.length === 0
      ? null
      : {
          keys,
          denial: plan.denial,
          inception: now - SIGNATURE_AGE_SECONDS - (expired ? SIGNATURE_LEFT_SECONDS : 0),
          expiration: now + (expired ? -EXPIRED_SINCE_SECONDS : SIGNATURE_LEFT_SECONDS),
        },
  );
}

function delegationSignerRecord(apex: Name, key: ZoneKey): ResourceRecord {
  const rdata = delegationSignerOf(apex, key);
  return { name: apex, type: TYPE.DS, class: CLASS_IN, ttl: TTL_SECONDS, rdata };
}

/** NS records and addresses, all names absolute: serves the zone itself, its parent and root hints. */
export function nameServerText(plan: ZonePlan): string {
  const owner = absolute(plan.apex);
  return plan.nameServers
    .flatMap(({ host, addresses }) => [
      `${owner} ${TTL_SECONDS} IN NS ${absolute(host)}`,
      ...addresses.map(
        (address) =>
          `${absolute(host)} ${TTL_SECONDS} IN ${address.includes(':') ? 'AAAA' : 'A'} ${address}`,
      ),
    ])
    .map((line) => `${line}\n`)
    .join('');
}

function apexText(plan: ZonePlan): string {
  const [first] = plan.nameServers;
  const owner = absolute(plan.apex);
  const timers = `${REFRESH_SECONDS} 900 604800 ${NEGATIVE_TTL_SECONDS}`;
  return (
    `${owner} ${TTL_SECONDS} IN SOA ${absolute(first?.host ?? '')} ` +
    `hostmaster.${owner === '.' ? '' : owner} 1 ${timers}\n` +
    nameServerText(plan)
  );
}

function absolute(name: string): string {
  return name.endsWith('.') ? name : `${name}.`;
}
