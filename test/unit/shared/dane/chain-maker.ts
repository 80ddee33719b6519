/** Chains and TLSA records for the tests of matching. */
import { createAssociationCrypto } from '../../../../electron/crypto/association-crypto.ts';
import type { ChainVerdict } from '../../../../shared/dane/association.ts';
import { matchChain } from '../../../../shared/dane/match.ts';
import type { Tlsa } from '../../../../shared/dane/tlsa.ts';
import { createHash, X509Certificate } from 'node:crypto';
import {
  KEY_USAGE,
  NOON,
  basicConstraints,
  dnsNames,
  keyUsage,
  makeCertificate,
  makePair,
  type Pair,
  type Recipe,
} from '../x509/certificate-maker.ts';

export const HOST = 'mx.example.org';

export interface Issued {
  readonly name: string;
  readonly pair: Pair;
  readonly der: Uint8Array;
}

export function authority(name: string, issuer: Issued | null, recipe: Recipe = {}): Issued {
  const pair = recipe.key ?? makePair();
  const der = makeCertificate({
    subject: name,
    issuer: issuer?.name ?? name,
    key: pair,
    signer: issuer?.pair ?? pair,
    extensions: [basicConstraints(true), keyUsage(KEY_USAGE.keyCertSign | KEY_USAGE.cRLSign)],
    ...recipe,
  });
  return { name, pair, der };
}

export function server(issuer: Issued | null, recipe: Recipe = {}): Issued {
  const name = recipe.subject ?? HOST;
  const pair = recipe.key ?? makePair();
  const der = makeCertificate({
    subject: name,
    issuer: issuer?.name ?? name,
    key: pair,
    signer: issuer?.pair ?? pair,
    extensions: [dnsNames(HOST)],
    ...recipe,
  });
  return { name, pair, der };
}

/** The record of that kind for a certificate, computed without the code under test. */
export function record(kind: `${number} ${number} ${number}`, der: Uint8Array): Tlsa {
  const [usage = 0, selector = 0, matchingType = 0] = kind.split(' ').map(Number);
  const selected =
    selector === 0
      ? der
      : new X509Certificate(der).publicKey.export({ format: 'der', type: 'spki' });
  const hash = matchingType === 1 ? 'sha256' : 'sha512';
  const data = matchingType === 0 ? selected : createHash(hash).update(selected).digest();
  return { usage, selector, matchingType, data: new Uint8Array(data) };
}

export function judge(
  chain: readonly (Issued | Uint8Array)[],
  records: readonly Tlsa[],
  options: { readonly names?: readonly string[]; readonly at?: number } = {},
): ChainVerdict {
  return matchChain(
    {
      chain: chain.map((member) => ('der' in member ? member.der : member)),
      records,
      referenceNames: options.names ?? [HOST],
      at: options.at ?? NOON,
    },
    createAssociationCrypto(),
  );
}

/** The verdict on the first record. */
export function judgeOne(
  chain: readonly (Issued | Uint8Array)[],
  one: Tlsa,
  options: { readonly names?: readonly string[]; readonly at?: number } = {},
): { readonly outcome: string; readonly code: string; readonly depth: number | null } {
  const { outcome, records } = judge(chain, [one], options);
  const [verdict] = records;
  return { outcome, code: verdict?.code ?? '', depth: verdict?.matchedDepth ?? null };
}
