/** Which TLSA records can be used in SMTP, and which digest is left when several stand side by side (RFC 7672 §3.1, RFC 7671 §9). */
import { isPublicKeyInfo } from '../x509/key-type.ts';
import { readCertificate } from '../x509/certificate.ts';
import type { AssociationCode } from './association.ts';
import { formatParameters, type Tlsa } from './tlsa.ts';

/** The registries' numbers (RFC 6698 §7, RFC 7218 §2). */
export const USAGE = { pkixTa: 0, pkixEe: 1, daneTa: 2, daneEe: 3 } as const;
export const SELECTOR = { certificate: 0, publicKey: 1 } as const;
export const MATCHING_TYPE = { full: 0, sha256: 1, sha512: 2 } as const;

export type Usability =
  | { readonly usable: true }
  | { readonly usable: false; readonly code: AssociationCode; readonly reason: string };

/** Whether an SMTP client can use the record at all, whatever the server presents. */
export function usabilityOf(record: Tlsa): Usability {
  const { usage, selector, matchingType } = record;
  // RFC 7672 §3.1.3: what clients do with them is undefined; they MAY be treated as unusable, and senders do so.
  if (usage === USAGE.pkixTa || usage === USAGE.pkixEe) {
    const name = usage === USAGE.pkixTa ? 'PKIX-TA(0)' : 'PKIX-EE(1)';
    return unusable('unusable-usage', `usage ${name} is not used in SMTP`);
  }
  if (usage !== USAGE.daneTa && usage !== USAGE.daneEe) {
    return unusable('unusable-usage', `usage ${usage} is not defined`);
  }
  if (selector !== SELECTOR.certificate && selector !== SELECTOR.publicKey) {
    return unusable('malformed', `selector ${selector} is not defined`);
  }
  if (matchingType === MATCHING_TYPE.full) return usabilityOfFullData(record);
  const digest = DIGESTS.find((candidate) => candidate.matchingType === matchingType);
  if (digest === undefined) {
    return unusable('malformed', `matching type ${matchingType} is not defined`);
  }
  if (record.data.length === digest.octets) return { usable: true };
  return unusable(
    'malformed',
    `a ${digest.name} digest has ${digest.octets} octets, this record holds ${record.data.length}`,
  );
}

/** RFC 6698 §2.1.3; `rank` says which digest is the stronger one (RFC 7671 §9). */
const DIGESTS = [
  { matchingType: MATCHING_TYPE.sha256, name: 'SHA-256', octets: 32, rank: 1 },
  { matchingType: MATCHING_TYPE.sha512, name: 'SHA-512', octets: 64, rank: 2 },
] as const;

/** A record with whole data must hold what its selector says, and nothing behind it. */
function usabilityOfFullData({ selector, data }: Tlsa): Usability {
  if (selector === SELECTOR.publicKey) {
    if (isPublicKeyInfo(data)) return { usable: true };
    return unusable('malformed', 'its data is not a public key (SubjectPublicKeyInfo)');
  }
  const reading = readCertificate(data);
  if (!reading.ok) return unusable('malformed', `its data is not a certificate: ${reading.reason}`);
  if (reading.certificate.trailing === 0) return { usable: true };
  return unusable('malformed', 'its data goes on behind the end of the certificate');
}

function unusable(code: AssociationCode, reason: string): Usability {
  return { usable: false, code, reason };
}

/**
 * RFC 7671 §9: of the usable records with one usage and selector, those with a digest weaker than
 * the strongest one among them MUST be set aside; matching type Full(0) always stays.
 * For each record: the stronger kind that supersedes it, e.g. `3 1 2`, or null.
 */
export function supersededBy(records: readonly Tlsa[]): readonly (string | null)[] {
  return records.map((record) => {
    const rank = rankOf(record);
    if (rank === null || !usabilityOf(record).usable) return null;
    const stronger = records.find(
      (other) =>
        other.usage === record.usage &&
        other.selector === record.selector &&
        (rankOf(other) ?? 0) > rank &&
        usabilityOf(other).usable,
    );
    return stronger === undefined ? null : formatParameters(stronger);
  });
}

function rankOf(record: Tlsa): number | null {
  return DIGESTS.find(({ matchingType }) => matchingType === record.matchingType)?.rank ?? null;
}
