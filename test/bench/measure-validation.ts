/** How many signed RRsets a second go through the decoder and the validator, beside the bare signature check. */
import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { createDnssecCrypto } from '../../electron/crypto/dnssec-crypto.ts';
import { generateZoneKey, type ZoneKey } from '../../electron/lab/zone-key.ts';
import { signZone } from '../../electron/lab/zone-signer.ts';
import { decodeMessage } from '../../electron/wire/decode.ts';
import { encodeMessage } from '../../electron/wire/encode.ts';
import type { Message } from '../../electron/wire/message.ts';
import { nameFromText, ROOT, type Name } from '../../shared/dns/name.ts';
import type { RRset } from '../../shared/dns/record.ts';
import { parseZoneFile } from '../../shared/dns/zone-file.ts';
import { parseDnskey } from '../../shared/dnssec/dnskey.ts';
import { parseRrsig } from '../../shared/dnssec/rrsig.ts';
import { verifyRRset, type ZoneKeys } from '../../shared/dnssec/signature.ts';
import { signedData } from '../../shared/dnssec/signed-data.ts';
import { signedRRsets } from '../../shared/dnssec/signed-rrset.ts';
import { createWork } from '../../shared/dnssec/work.ts';

export interface ValidationMeasure {
  readonly rrsets: number;
  /** From the octets of an answer to the verdict on its RRset. */
  readonly validatedPerSecond: number;
  /** `crypto.verify` alone, over the same data with the same imported key. */
  readonly barePerSecond: number;
}

/** RRsets, each with a name and a signature of its own; of one to four records. */
const RRSETS = 2_000;
/** The fastest of so many rounds: what the machine's other work adds is not ours. */
const ROUNDS = 3;
/** ECDSAP256SHA256 (RFC 6605). */
const P256 = 13;
const NOW = 1_795_000_000;

export function measureValidation(): ValidationMeasure {
  const key = generateZoneKey(P256, false);
  const zone = parsed('bench.example');
  const answers = makeAnswers(zone, key);
  const dnskey = parseDnskey(key.dnskey);
  if (dnskey === null) throw new Error('the key is unreadable');
  const keys: ZoneKeys = { zone, keys: [dnskey] };
  const bytes = answers.map((answer) => encodeMessage(answer));
  const checks = answers.map(bareCheck);
  const spki = importable(key);
  return {
    rrsets: RRSETS,
    validatedPerSecond: best(() => validateAll(bytes, keys)),
    barePerSecond: best(() => checkAll(checks, spki)),
  };
}

function validateAll(messages: readonly Uint8Array[], keys: ZoneKeys): number {
  // A fresh port: importing the key is part of the work.
  const crypto = createDnssecCrypto();
  let valid = 0;
  for (const bytes of messages) {
    const decoded = decodeMessage(bytes);
    if (!decoded.ok) continue;
    for (const signed of signedRRsets(decoded.value.answers)) {
      const validation = { crypto, at: NOW, work: createWork() };
      if (verifyRRset(signed, keys, validation).status === 'valid') valid += 1;
    }
  }
  return valid;
}

interface Check {
  readonly data: Uint8Array;
  readonly signature: Uint8Array;
}

function checkAll(checks: readonly Check[], key: KeyObject): number {
  const options = { key, dsaEncoding: 'ieee-p1363' } as const;
  return checks.filter(({ data, signature }) => verify('sha256', data, options, signature)).length;
}

/** Per second; throws where anything did not verify. */
function best(work: () => number): number {
  let fastestMs = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = process.cpuUsage();
    const valid = work();
    const { user, system } = process.cpuUsage(started);
    if (valid !== RRSETS) throw new Error(`only ${valid} of ${RRSETS} RRsets are valid`);
    fastestMs = Math.min(fastestMs, (user + system) / 1000);
  }
  return (RRSETS * 1000) / fastestMs;
}

function makeAnswers(zone: Name, key: ZoneKey): readonly Message[] {
  const lines = Array.from({ length: RRSETS }, (_, index) =>
    Array.from(
      { length: 1 + (index % 4) },
      (_each, more) => `host${index}.bench.example. 3600 MX ${more} Mail${more}.Bench.Example.`,
    ).join('\n'),
  );
  const soa = 'bench.example. 3600 SOA ns.bench.example. h.bench.example. 1 2 3 4 5';
  const zoneFile = parseZoneFile([soa, ...lines].join('\n'), ROOT);
  if (!zoneFile.ok) throw new Error('the zone is unreadable');
  const signed = signZone(zone, zoneFile.value, {
    keys: [key],
    denial: { kind: 'nsec' },
    inception: NOW - 86_400,
    expiration: NOW + 864_000,
  });
  return signed.zone.rrsets
    .filter(({ name }) => name.key.startsWith('host'))
    .map((rrset) => answerOf(rrset, signed.signing?.signaturesOf(rrset) ?? []));
}

function answerOf(rrset: RRset, signatures: Message['answers']): Message {
  return {
    id: 1,
    flags: {
      response: true,
      opcode: 0,
      authoritative: true,
      truncated: false,
      recursionDesired: false,
      recursionAvailable: false,
      authenticData: false,
      checkingDisabled: false,
    },
    rcode: 0,
    questions: [{ name: rrset.name, type: rrset.type, class: rrset.class }],
    answers: [...rrset.records, ...signatures],
    authorities: [],
    additionals: [],
    edns: { udpSize: 1232, version: 0, dnssecOk: true, options: [] },
  };
}

function bareCheck({ answers }: Message): Check {
  const [signed] = signedRRsets(answers);
  const rrsig = parseRrsig(signed?.signatures[0]?.rdata ?? new Uint8Array(0));
  if (signed === undefined || rrsig === null) throw new Error('an answer has no signature');
  return { data: signedData(signed.rrset, rrsig, signed.rrset.name), signature: rrsig.signature };
}

/** SubjectPublicKeyInfo of a P-256 key up to its point (RFC 5480 §2). */
const SPKI_PREFIX = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d03010703420004', 'hex');

function importable({ dnskey }: ZoneKey): KeyObject {
  const spki = Buffer.concat([SPKI_PREFIX, dnskey.subarray(4)]);
  return createPublicKey({ key: spki, format: 'der', type: 'spki' });
}

function parsed(text: string): Name {
  const name = nameFromText(text);
  if (!name.ok) throw new Error(text);
  return name.value;
}
