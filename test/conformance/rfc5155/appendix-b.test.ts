/** RFC 5155 Appendix B: the example responses, signed with RSASHA1-NSEC3-SHA1 keys of 512 bits. */
import { describe, expect, it } from 'vitest';
import {
  denialRecords,
  proveNameError,
  proveNoData,
  proveNoDs,
  proveWildcardExpansion,
} from '../../../shared/dnssec/denial.ts';
import { verifyDelegation } from '../../../shared/dnssec/delegation.ts';
import { verifyRRset } from '../../../shared/dnssec/signature.ts';
import { signedRRsets } from '../../../shared/dnssec/signed-rrset.ts';
import { trustAnchors } from '../../../shared/dnssec/trust-anchor.ts';
import { name, pick, records, type, validationAt } from '../signed-answers/answers.ts';

/** 2010-01-01, between inception (2005-10-21) and expiration (2015-04-20). */
const at = 1262304000;
const zone = name('example.');
const keyRecords = records(`
example. 3600 DNSKEY 256 3 7 AwEAAaetidLzsKWUt4swWR8yu0wPHPiUi8LU sAD0QPWU+wzt89epO6tHzkMBVDkC7qphQO2h TY4hHn9npWFRw5BYubE=
example. 3600 DNSKEY 257 3 7 AwEAAcUlFV1vhmqx6NSOUOq2R/dsR7Xm3upJ j7IommWSpJABVfW8Q0rOvXdM6kzt+TAu92L9 AbsUdblMFin8CVF3n4s=
example. 3600 RRSIG DNSKEY 7 1 3600 20150420235959 20051021000000 12708 example. AuU4juU9RaxescSmStrQks3Gh9FblGBlVU31uzMZ/U/FpsUb8aC6QZS+sTsJXnLnz7flGOsmMGQZf3bH+QsCtg==
`);

const sign = (what: string, signature: string) =>
  `RRSIG ${what} 7 2 3600 20150420235959 20051021000000 40430 example. ${signature}`;
/** The NSEC3 records of Appendix A that the responses use, by the name they are for. */
const nsec3 = {
  apex: `0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example. 3600 NSEC3 1 1 12 aabbccdd 2t7b4g4vsa5smi47k61mv5bv1a22bojr NS SOA MX RRSIG DNSKEY NSEC3PARAM
0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example. 3600 ${sign('NSEC3', 'OSgWSm26B+cS+dDL8b5QrWr/dEWhtCsKlwKLIBHYH6blRxK9rC0bMJPw Q4mLIuw85H2EY762BOCXJZMnpuwhpA==')}`,
  ns1: `2t7b4g4vsa5smi47k61mv5bv1a22bojr.example. 3600 NSEC3 1 1 12 aabbccdd 2vptu5timamqttgl4luu9kg21e0aor3s A RRSIG
2t7b4g4vsa5smi47k61mv5bv1a22bojr.example. 3600 ${sign('NSEC3', 'OmBvJ1Vgg1hCKMXHFiNeIYHK9XVW0iLDLwJN4TFoNxZuP03gAXEI634Y wOc4YBNITrj413iqNI6mRk/r1dOSUw==')}`,
  a: `35mthgpgcu1qg68fab165klnsnk3dpvl.example. 3600 NSEC3 1 1 12 aabbccdd b4um86eghhds6nea196smvmlo4ors995 NS DS RRSIG
35mthgpgcu1qg68fab165klnsnk3dpvl.example. 3600 ${sign('NSEC3', 'g6jPUUpduAJKRljUsN8gB4UagAX0NxY9shwQAynzo8EUWH+z6hEIBlUT PGj15eZll6VhQqgZXtAIR3chwgW+SA==')}`,
  'x.w': `b4um86eghhds6nea196smvmlo4ors995.example. 3600 NSEC3 1 1 12 aabbccdd gjeqe526plbf1g8mklp59enfd789njgi MX RRSIG
b4um86eghhds6nea196smvmlo4ors995.example. 3600 ${sign('NSEC3', 'ZkPG3M32lmoHM6pa3D6gZFGB/rhL//Bs3Omh5u4m/CUiwtblEVOaAKKZ d7S959OeiX43aLX3pOv0TSTyiTxIZg==')}`,
  'y.w': `ji6neoaepv8b5o6k4ev33abha8ht9fgc.example. 3600 NSEC3 1 1 12 aabbccdd k8udemvp1j2f7eg6jebps17vp3n8i58h
ji6neoaepv8b5o6k4ev33abha8ht9fgc.example. 3600 ${sign('NSEC3', 'gPkFp1s2QDQ6wQzcg1uSebZ61W33rUBDcTj72F3kQ490fEdp7k1BUIfb cZtPbX3YCpE+sIt0MpzVSKfTwx4uYA==')}`,
  w: `k8udemvp1j2f7eg6jebps17vp3n8i58h.example. 3600 NSEC3 1 1 12 aabbccdd kohar7mbb8dc2ce8a9qvl8hon4k53uhi
k8udemvp1j2f7eg6jebps17vp3n8i58h.example. 3600 ${sign('NSEC3', 'FtXGbvF0+wf8iWkyo73enAuVx03klN+pILBKS6qCcftVtfH4yVzsEZqu J27NHR7ruxJWDNMtOtx7w9WfcIg62A==')}`,
  ns2: `q04jkcevqvmu85r014c7dkba38o0ji5r.example. 3600 NSEC3 1 1 12 aabbccdd r53bq7cc2uvmubfu5ocmm6pers9tk9en A RRSIG
q04jkcevqvmu85r014c7dkba38o0ji5r.example. 3600 ${sign('NSEC3', 'hV5I89b+4FHJDATp09g4bbN0R1F845CaXpL3ZxlMKimoPAyqletMlEWw LfFia7sdpSzn+ZlNNlkxWcLsIlMmUg==')}`,
  '*.w': `r53bq7cc2uvmubfu5ocmm6pers9tk9en.example. 3600 NSEC3 1 1 12 aabbccdd t644ebqk9bibcna874givr6joj62mlhv MX RRSIG
r53bq7cc2uvmubfu5ocmm6pers9tk9en.example. 3600 ${sign('NSEC3', 'aupviViruXs4bDg9rCbezzBMf9h1ZlDvbW/CZFKulIGXXLj8B/fsDJar XVDA9bnUoRhEbKp+HF1FWKW7RIJdtQ==')}`,
};

/** The KSK as trust anchor, as a resolver would have it configured. */
const anchors = trustAnchors(keyRecords.filter(({ rdata }) => rdata[1] === 1));
const delegation = verifyDelegation(
  zone,
  anchors[0] ?? { ds: [], dnskeys: [] },
  pick(signedRRsets(keyRecords), 'example.', 'DNSKEY'),
  validationAt(at),
);
const keys = delegation.status === 'secure' ? delegation.zoneKeys : { zone, keys: [] };

function denial(...owners: readonly (keyof typeof nsec3)[]) {
  const text = owners.map((owner) => nsec3[owner]).join('\n');
  return denialRecords(signedRRsets(records(text)), keys, validationAt(at));
}

it('the zone’s keys verify from the KSK down, tags as printed, and count as old and weak', () => {
  expect(delegation).toMatchObject({ status: 'secure', signedBy: 12708 });
  expect(keys.keys.map((key) => key.keyTag)).toEqual([40430, 12708]);
  expect(delegation.observations).toMatchObject([
    { code: 'algorithm-deprecated', parameters: { algorithm: 7, bits: 512 } },
  ]);
});

describe('every record of the zone has opt-out set, so what rests on a gap is insecure', () => {
  it('B.1: a.c.x.w.example does not exist', () => {
    const asked = name('a.c.x.w.example.');
    expect(proveNameError(denial('apex', 'x.w', 'a'), asked).status).toBe('insecure');
    expect(proveNameError(denial('apex', 'x.w'), asked).status).toBe('bogus');
    expect(proveNameError(denial('apex', 'a'), asked).status).toBe('bogus');
    expect(proveNameError(denial('x.w', 'a'), asked).status).toBe('bogus');
  });

  it('B.2: ns1.example has no MX, but has an A', () => {
    expect(proveNoData(denial('ns1'), name('ns1.example.'), type('MX')).status).toBe('secure');
    expect(proveNoData(denial('ns1'), name('ns1.example.'), type('A')).status).toBe('bogus');
  });

  it('B.2.1: y.w.example is an empty non-terminal', () => {
    expect(proveNoData(denial('y.w'), name('y.w.example.'), type('A')).status).toBe('secure');
  });

  it('B.3: c.example is delegated unsigned', () => {
    const cut = name('c.example.');
    expect(proveNoDs(denial('a', 'apex'), cut).kind).toBe('insecure-delegation');
    expect(proveNoDs(denial('a'), cut).kind).toBe('bogus');
    expect(proveNoDs(denial('apex'), cut).kind).toBe('bogus');
  });

  it('B.4: *.w.example answers for a.z.w.example', () => {
    const mx = records(`a.z.w.example. 3600 MX 1 ai.example.
a.z.w.example. 3600 ${sign('MX', 'CikebjQwGQPwijVcxgcZcSJKtfynugtlBiKb9FcBTrmOoyQ4InoWVudh CWsh/URX3lc4WRUMivEBP6+4KS3ldA==')}`);
    const verdict = verifyRRset(
      pick(signedRRsets(mx), 'a.z.w.example.', 'MX'),
      keys,
      validationAt(at),
    );
    if (verdict.status !== 'valid' || verdict.expansion === null) throw new Error('not expanded');
    expect(verdict.expansion.nextCloser.key).toBe('z.w.example');
    expect(proveWildcardExpansion(denial('ns2'), verdict.expansion).status).toBe('insecure');
    expect(proveWildcardExpansion(denial('ns1'), verdict.expansion).status).toBe('bogus');
  });

  it('B.5: *.w.example has no AAAA for a.z.w.example', () => {
    const asked = name('a.z.w.example.');
    expect(proveNoData(denial('w', 'ns2', '*.w'), asked, type('AAAA')).status).toBe('insecure');
    expect(proveNoData(denial('w', 'ns2', '*.w'), asked, type('MX')).status).toBe('bogus');
    expect(proveNoData(denial('w', '*.w'), asked, type('AAAA')).status).toBe('bogus');
    expect(proveNoData(denial('ns2', '*.w'), asked, type('AAAA')).status).toBe('bogus');
  });

  it('B.6: the zone’s own record does not deny its DS, which is the parent’s to deny', () => {
    expect(proveNoData(denial('apex'), zone, type('DS')).status).toBe('bogus');
    expect(proveNoDs(denial('apex'), zone).kind).toBe('bogus');
  });
});
