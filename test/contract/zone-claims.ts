/** Zones of every algorithm by two signers each, validated whole: claims for each runtime's cryptography. */
import { proveNameError, proveNoData } from '../../shared/dnssec/denial.ts';
import { verifyRRset } from '../../shared/dnssec/signature.ts';
import type { SignedRRset } from '../../shared/dnssec/signed-rrset.ts';
import {
  name,
  parseSignedZone,
  pick,
  type,
  validationAt,
  type SignedZone,
} from '../conformance/signed-answers/answers.ts';
import rsasha1Nsec from '../conformance/signed-answers/rsasha1-nsec.txt?raw';
import knotRsasha1Nsec from '../conformance/signed-answers/knot-rsasha1-nsec.txt?raw';
import nsec3rsasha1Nsec3 from '../conformance/signed-answers/nsec3rsasha1-nsec3.txt?raw';
import ldnsNsec3rsasha1Nsec3 from '../conformance/signed-answers/ldns-nsec3rsasha1-nsec3.txt?raw';
import rsasha256Nsec from '../conformance/signed-answers/rsasha256-nsec.txt?raw';
import ldnsRsasha256Nsec3 from '../conformance/signed-answers/ldns-rsasha256-nsec3.txt?raw';
import rsasha512Nsec3 from '../conformance/signed-answers/rsasha512-nsec3.txt?raw';
import ldnsRsasha512Nsec from '../conformance/signed-answers/ldns-rsasha512-nsec.txt?raw';
import ecdsap256Nsec from '../conformance/signed-answers/ecdsap256-nsec.txt?raw';
import knotEcdsap256Nsec3 from '../conformance/signed-answers/knot-ecdsap256-nsec3.txt?raw';
import ecdsap384Nsec from '../conformance/signed-answers/ecdsap384-nsec.txt?raw';
import ldnsEcdsap384Nsec3 from '../conformance/signed-answers/ldns-ecdsap384-nsec3.txt?raw';
import ed25519Nsec3 from '../conformance/signed-answers/ed25519-nsec3.txt?raw';
import ldnsEd25519Nsec from '../conformance/signed-answers/ldns-ed25519-nsec.txt?raw';
import ed448Nsec from '../conformance/signed-answers/ed448-nsec.txt?raw';
import ldnsEd448Nsec3 from '../conformance/signed-answers/ldns-ed448-nsec3.txt?raw';
import type { Claim } from './crypto-claims.ts';

const ZONES: readonly (readonly [variant: string, algorithm: number, text: string])[] = [
  ['rsasha1-nsec', 5, rsasha1Nsec],
  ['knot-rsasha1-nsec', 5, knotRsasha1Nsec],
  ['nsec3rsasha1-nsec3', 7, nsec3rsasha1Nsec3],
  ['ldns-nsec3rsasha1-nsec3', 7, ldnsNsec3rsasha1Nsec3],
  ['rsasha256-nsec', 8, rsasha256Nsec],
  ['ldns-rsasha256-nsec3', 8, ldnsRsasha256Nsec3],
  ['rsasha512-nsec3', 10, rsasha512Nsec3],
  ['ldns-rsasha512-nsec', 10, ldnsRsasha512Nsec],
  ['ecdsap256-nsec', 13, ecdsap256Nsec],
  ['knot-ecdsap256-nsec3', 13, knotEcdsap256Nsec3],
  ['ecdsap384-nsec', 14, ecdsap384Nsec],
  ['ldns-ecdsap384-nsec3', 14, ldnsEcdsap384Nsec3],
  ['ed25519-nsec3', 15, ed25519Nsec3],
  ['ldns-ed25519-nsec', 15, ldnsEd25519Nsec],
  ['ed448-nsec', 16, ed448Nsec],
  ['ldns-ed448-nsec3', 16, ldnsEd448Nsec3],
];

export const ZONE_CLAIMS: readonly Claim[] = ZONES.flatMap(([variant, algorithm, text]) => {
  const title = `zone ${variant}`;
  const zone = (): SignedZone => parseSignedZone(text, variant);
  return [
    {
      title: `${title}, its keys from its DS records`,
      expected: String(algorithm),
      actual: () => [...new Set(zone().keys.keys.map((key) => key.algorithm))].join(),
    },
    {
      title: `${title}, an address`,
      expected: 'valid',
      actual: () => address(zone(), (set) => set),
    },
    {
      title: `${title}, an address altered`,
      expected: 'bogus',
      actual: () => address(zone(), altered),
    },
    {
      title: `${title}, a name that does not exist`,
      expected: 'secure',
      actual: () =>
        proveNameError(zone().denial('nope.example.', 'A'), name('nope.example.')).status,
    },
    {
      title: `${title}, a type that does not exist`,
      expected: 'secure',
      actual: () =>
        proveNoData(zone().denial('mail.example.', 'TXT'), name('mail.example.'), type('TXT'))
          .status,
    },
  ];
});

function address(zone: SignedZone, change: (set: SignedRRset) => SignedRRset): string {
  const set = pick(zone.answer('mail.example.', 'A').answer, 'mail.example.', 'A');
  return verifyRRset(change(set), zone.keys, validationAt()).status;
}

function altered(set: SignedRRset): SignedRRset {
  const records = set.rrset.records.map((record) => ({
    ...record,
    rdata: record.rdata.map((byte, index) => (index === 3 ? byte ^ 1 : byte)),
  }));
  return { ...set, rrset: { ...set.rrset, records } };
}
