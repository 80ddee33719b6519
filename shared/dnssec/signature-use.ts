/** What a person should know of a signature that was good: it ends soon, or its algorithm is old. */
import { typeToText } from '../dns/record-type.ts';
import type { RRset } from '../dns/record.ts';
import { algorithmToText, isDeprecatedAlgorithm } from './algorithm.ts';
import { rsaModulusBits, type Dnskey } from './dnskey.ts';
import { EXPIRING_SHARE, WEAK_RSA_BITS } from './limits.ts';
import type { Observation } from './reason.ts';
import type { Rrsig, ValidityPeriod } from './rrsig.ts';
import { spanToText, timeToText } from './time.ts';

/** What a signature that was good gives reason to say. */
export function observeUse(
  rrset: RRset,
  rrsig: Rrsig,
  key: Dnskey,
  period: ValidityPeriod,
  at: number,
): readonly Observation[] {
  const observations: Observation[] = [];
  const parameters = parametersOf(rrset, rrsig);
  if ((period.expiration - at) * EXPIRING_SHARE < period.expiration - period.inception) {
    observations.push({
      code: 'rrsig-expiring',
      subject: rrset.name.key,
      parameters: { ...parameters, ...timesOf(period, at) },
    });
  }
  const bits = rsaModulusBits(key);
  if (isDeprecatedAlgorithm(rrsig.algorithm) || (bits !== null && bits < WEAK_RSA_BITS)) {
    observations.push({
      code: 'algorithm-deprecated',
      subject: rrsig.signer.key,
      parameters: {
        algorithm: rrsig.algorithm,
        mnemonic: algorithmToText(rrsig.algorithm),
        keyTag: rrsig.keyTag,
        ...(bits === null ? {} : { bits }),
      },
    });
  }
  return observations;
}

export function parametersOf(rrset: RRset, rrsig: Rrsig): Observation['parameters'] {
  return {
    type: typeToText(rrset.type),
    signer: rrsig.signer.key,
    keyTag: rrsig.keyTag,
    algorithm: rrsig.algorithm,
  };
}

/** The period, and how far the instant `at` is from the end that matters: `3 days`. */
export function timesOf(period: ValidityPeriod, at: number): Observation['parameters'] {
  const away = at < period.inception ? period.inception - at : Math.abs(period.expiration - at);
  return {
    inception: timeToText(period.inception),
    expiration: timeToText(period.expiration),
    away: spanToText(away),
  };
}
