/** Reads certificate chains that a person saved, to judge them in place of what a mail host presents. */
import { nameFromText } from '../dns/name.ts';
import { printable } from '../findings/safe-text.ts';
import { readCertificate } from '../x509/certificate.ts';
import { readPem } from '../x509/pem.ts';
import type { ProbeOffer } from './report.ts';

/** As given: a host name and text with its chain, PEM or the output of `openssl s_client -showcerts`. */
export interface ChainText {
  readonly host: string;
  readonly text: string;
}

export interface GivenChain {
  /** DER, in the order of the text. */
  readonly certificates: readonly Uint8Array[];
  /** What a client would have to offer to be presented with it. */
  readonly offer: ProbeOffer;
}

/** By host key; several of one host are what it presents to different clients. */
export type GivenChains = ReadonlyMap<string, readonly GivenChain[]>;

export type ChainsReading =
  | { readonly ok: true; readonly chains: GivenChains }
  /** One plain sentence; `index` is that of the text at fault. */
  | { readonly ok: false; readonly index: number; readonly message: string };

/** Chains given at a time, of all hosts: more than a domain has hosts with two keys each. */
export const MAX_GIVEN_CHAINS = 64;
/** Chains of one host: one for each kind of key, and some to spare. */
export const MAX_CHAINS_PER_HOST = 4;

export function readGivenChains(given: readonly ChainText[]): ChainsReading {
  if (given.length > MAX_GIVEN_CHAINS) {
    return refused(MAX_GIVEN_CHAINS, `More than ${MAX_GIVEN_CHAINS} chains were given.`);
  }
  const chains = new Map<string, readonly GivenChain[]>();
  for (const [index, { host, text }] of given.entries()) {
    const name = nameFromText(host);
    if (!name.ok || name.value.key === '.') {
      return refused(index, `“${printable(host)}” is not a host name.`);
    }
    const { key } = name.value;
    const reading = readChain(text);
    if (!reading.ok) {
      const reason = printable(reading.reason);
      return refused(index, `The chain given for ${printable(key)} cannot be used: ${reason}.`);
    }
    const known = chains.get(key) ?? [];
    if (known.length === MAX_CHAINS_PER_HOST) {
      const message = `More than ${MAX_CHAINS_PER_HOST} chains were given for ${printable(key)}.`;
      return refused(index, message);
    }
    chains.set(key, [...known, reading.chain]);
  }
  return { ok: true, chains };
}

function readChain(
  text: string,
):
  | { readonly ok: true; readonly chain: GivenChain }
  | { readonly ok: false; readonly reason: string } {
  const pem = readPem(text);
  if (!pem.ok) return pem;
  let offer: ProbeOffer = 'usual';
  for (const [depth, der] of pem.certificates.entries()) {
    const reading = readCertificate(der);
    if (!reading.ok) {
      return { ok: false, reason: `certificate ${depth + 1} cannot be read: ${reading.reason}` };
    }
    if (depth === 0) offer = offerFor(reading.certificate.keyType);
  }
  return { ok: true, chain: { certificates: pem.certificates, offer } };
}

function offerFor(keyType: string): ProbeOffer {
  if (keyType.startsWith('RSA')) return 'rsa';
  if (keyType.startsWith('ECDSA')) return 'ecdsa';
  return keyType.startsWith('Ed') ? 'eddsa' : 'usual';
}

function refused(index: number, message: string): ChainsReading {
  return { ok: false, index, message };
}
