/** What reading one value comes to, and the words for what is no use. */
import { readCertificate } from '../x509/certificate.ts';
import { keyTypeOf } from '../x509/key-type.ts';
import { certificateMaterial, keyMaterial } from './fingerprint.ts';
import type { KeyMaterial, Material, MaterialFile } from './material.ts';

export type DerReading =
  | { readonly ok: true; readonly items: readonly Material[]; readonly problems: readonly string[] }
  | {
      readonly ok: false;
      /** Plain words that follow “it”, e.g. `is a list of revoked certificates, …`. */
      readonly reason: string;
      readonly locked: MaterialFile['locked'];
    };

export const ENCRYPTED_KEY =
  'is a private key encrypted with a password; its certificate or public key does as well';
export const UNKNOWN_KEY =
  'is a private key of a kind that is not known here; its certificate or public key does as well';
export const REVOCATION_LIST = 'is a list of revoked certificates, of which no record is made';

export function found(...items: readonly Material[]): DerReading {
  return { ok: true, items, problems: [] };
}

export function failed(reason: string, locked: MaterialFile['locked'] = null): DerReading {
  return { ok: false, reason, locked };
}

/** What was read of a container; whatever is wrong with parts of it is told once. */
export function gathered(readings: readonly DerReading[]): DerReading {
  return {
    ok: true,
    items: readings.flatMap((reading) => (reading.ok ? reading.items : [])),
    problems: [...new Set(readings.flatMap(problemsOf))],
  };
}

function problemsOf(reading: DerReading): readonly string[] {
  return reading.ok ? reading.problems : [`A part of it ${reading.reason}.`];
}

export function readOneCertificate(der: Uint8Array): DerReading {
  const reading = readCertificate(der);
  if (!reading.ok) return failed(`is no certificate that can be read: ${reading.reason}`);
  return found(certificateMaterial(reading.certificate));
}

export function bareKey(origin: 'public-key' | 'private-key', spki: Uint8Array): KeyMaterial {
  return keyMaterial({ origin, spki, keyType: keyTypeOf(spki), names: [], subject: null });
}
