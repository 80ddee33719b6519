// What each choice is worth: verdicts and reasons as RFC 7671, RFC 7672 and the how-to of operators give them.
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { arrange } from '../../../../shared/material/arrange.ts';
import { readMaterialFile } from '../../../../shared/material/read-file.ts';
import { adviseOn, type Advice, type Circumstances } from '../../../../shared/publish/advice.ts';
import { adviseOnSet } from '../../../../shared/publish/set-advice.ts';
import { digests } from '../../../../shared/publish/digests.ts';
import { wantedRecords, type RecordKind } from '../../../../shared/publish/wanted.ts';
import { issueCertificate } from '../../../../shared/x509/issue.ts';

function certificate(commonName: string, issuer: string, authority = false): Uint8Array {
  const { publicKey } = generateKeyPairSync('ed25519');
  return issueCertificate(
    {
      commonName,
      names: authority ? [] : [commonName],
      notBefore: Date.UTC(2026, 0, 1),
      notAfter: Date.UTC(2027, 0, 1),
      authority,
      serial: Uint8Array.of(1),
      publicKeyInfo: publicKey.export({ type: 'spki', format: 'der' }),
    },
    { commonName: issuer, keyType: 'ed25519', sign: () => new Uint8Array(64) },
  );
}

const root = certificate('Root', 'Root', true);
const issuer = certificate('Issuer', 'Root', true);
const leaf = certificate('mx.example.org', 'Issuer');

function given(
  files: readonly Uint8Array[],
  about: Partial<Omit<Circumstances, 'arranged'>> = {},
): Circumstances {
  const items = files.flatMap((bytes) => readMaterialFile('file', bytes).items);
  return { arranged: arrange(items), chosen: [], ports: [25], hosts: [], ...about };
}

function kindOf(text: string): RecordKind {
  const [usage = 0, selector = 0, matchingType = 0] = text.split(' ').map(Number);
  return { usage, selector, matchingType };
}

function on(text: string, circumstances = given([leaf, issuer])): Advice {
  return adviseOn(kindOf(text), circumstances);
}

function references({ reasons }: Advice): readonly string[] {
  return reasons.map(({ reference }) => reference);
}

describe('in mail', () => {
  test.each([
    ['3 1 1', 'advised', 'RFC 7672 §3.1.1'],
    ['2 1 1', 'advised', 'RFC 7671 §5.2'],
    ['2 0 1', 'possible', 'RFC 7671 §5.2'],
    ['3 0 1', 'discouraged', 'RFC 7671 §5.1'],
    ['3 1 2', 'discouraged', 'RFC 6698 §6'],
    ['3 1 0', 'discouraged', 'RFC 7671 §10.1.2'],
    ['2 0 0', 'discouraged', 'RFC 7671 §10.1.2'],
    ['1 1 1', 'useless', 'RFC 7672 §3.1.3'],
    ['0 0 2', 'useless', 'RFC 7672 §3.1.3'],
  ])('%s is %s, because of %s first', (kind, verdict, reference) => {
    const advice = on(kind);
    expect(advice.verdict).toBe(verdict);
    expect(references(advice)[0]).toBe(reference);
  });

  test('every possible kind has a reason', () => {
    for (let number = 0; number < 24; number++) {
      const kind = { usage: number % 4, selector: (number >> 2) % 2, matchingType: number >> 3 };
      const { reasons, verdict } = adviseOn(kind, given([leaf, issuer, root]));
      expect(reasons.length).toBeGreaterThan(0);
      if (verdict !== 'advised') expect(reasons.map(({ tone }) => tone)).toContain('against');
    }
  });
});

test('what speaks against a kind that is no bad choice comes right after what speaks for it', () => {
  const { verdict, reasons } = on('2 1 1', given([root]));
  expect(verdict).toBe('possible');
  expect(reasons.slice(0, 3).map(({ tone }) => tone)).toEqual(['for', 'against', 'against']);
  expect(reasons[1]?.text).toContain('take usage 3');
});

test('of a self-signed certificate alone, usage 2 says that it is wrong for the server’s own', () => {
  const texts = (files: readonly Uint8Array[]): string =>
    on('2 1 1', given(files))
      .reasons.map(({ text }) => text)
      .join();
  expect(texts([root])).toContain('If it is the server’s own certificate, take usage 3');
  expect(texts([root, issuer])).not.toContain('server’s own certificate');
  expect(texts([root, leaf])).not.toContain('server’s own certificate');
});

test('usage 3 for a host that no certificate names is advised, with a word of care (RFC 7672 §3.2.1)', () => {
  const objections = (hosts: readonly string[]): readonly string[] => {
    const { verdict, reasons } = on('3 1 1', given([leaf], { hosts }));
    expect(verdict).toBe('advised');
    return reasons.flatMap(({ tone, text }) => (tone === 'against' ? text : []));
  };
  expect(objections(['mx.example.org', 'mx2.example.org'])).toEqual([
    expect.stringContaining('No certificate here names mx2.example.org'),
  ]);
  expect(objections(['mx.example.org'])).toEqual([]);
});

test('usages 0 and 1 are not useless where the clients are browsers', () => {
  expect(on('1 1 1', given([leaf], { ports: [443] })).verdict).toBe('discouraged');
  expect(on('1 1 1', given([leaf], { ports: [443, 25] })).verdict).toBe('useless');
});

test('SHA-512 is possible beside SHA-256 of the same usage and selector only (RFC 7671 §9)', () => {
  const beside = (...texts: readonly string[]): string =>
    on('3 1 2', given([leaf], { chosen: texts.map(kindOf) })).verdict;
  expect(beside('3 1 2', '3 1 1')).toBe('possible');
  expect(beside('3 1 2', '2 1 1')).toBe('discouraged');
  expect(beside('3 1 2', '3 0 1')).toBe('discouraged');
});

describe('an issuer’s record', () => {
  test('says that the server must send it', () => {
    expect(references(on('2 1 1'))).toContain('RFC 7672 §3.1.2');
  });

  test('warns of a root: alone it is advised only where nothing stands between', () => {
    const above = on('2 1 1', given([leaf, root]));
    expect(above).toMatchObject({ verdict: 'possible' });
    expect(references(above)).toContain('RFC 7671 §5.2.2');
    const direct = certificate('mx.example.org', 'Root');
    expect(on('2 1 1', given([direct, root])).verdict).toBe('advised');
    const whole = on('2 1 1', given([leaf, issuer, root]));
    expect(whole.verdict).toBe('advised');
    expect(references(whole)).toContain('RFC 7671 §5.2.2');
  });

  test('needs the host’s name in a certificate (RFC 7672 §3.2.2)', () => {
    const named = given([leaf, issuer], { hosts: ['mx.example.org'] });
    expect(on('2 1 1', named).verdict).toBe('advised');
    const unnamed = given([leaf, issuer], { hosts: ['mx.example.org', 'mx2.example.org'] });
    expect(on('2 1 1', unnamed)).toMatchObject({ verdict: 'discouraged' });
    expect(on('2 1 1', unnamed).reasons[0]?.text).toContain('names mx2.example.org');
    expect(on('3 1 1', unnamed).verdict).toBe('advised');
  });
});

describe('all records of one name', () => {
  function recordsOf(count: number, ttl: number): ReturnType<typeof wantedRecords>['records'] {
    const leaves = Array.from({ length: count }, () => certificate('mx.example.org', 'Issuer'));
    const place = { hosts: ['mx.example.org'], ports: [25], ttl, zone: null };
    return wantedRecords(given(leaves).arranged, null, place, digests).records;
  }

  test('may be twelve, and their TTL within what is usual', () => {
    expect(adviseOnSet(recordsOf(12, 3600))).toEqual([]);
    expect(adviseOnSet(recordsOf(12, 1800))).toEqual([]);
    expect(adviseOnSet([])).toEqual([]);
  });

  test('are told where they are more, or held too long or too short', () => {
    expect(adviseOnSet(recordsOf(13, 3600)).map(({ text }) => text)).toEqual([
      'There are 13 records at _25._tcp.mx.example.org: with more than 12 a large sender is known to fail.',
    ]);
    expect(adviseOnSet(recordsOf(1, 86_400))[0]?.text).toContain('86400 seconds');
    expect(adviseOnSet(recordsOf(1, 60))[0]?.text).toContain('60 seconds');
  });
});
