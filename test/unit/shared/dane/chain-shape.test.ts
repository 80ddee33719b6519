// How certificates stand to one another in the order in which a server sends them (RFC 8446 §4.4.2).
import { expect, test } from 'vitest';
import { createAssociationCrypto } from '../../../../electron/crypto/association-crypto.ts';
import { shapeOf, type PresentedShape } from '../../../../shared/dane/chain-shape.ts';
import { readCertificate } from '../../../../shared/x509/certificate.ts';
import { ascii, utcTime } from '../x509/certificate-maker.ts';
import { authority, server, type Issued } from './chain-maker.ts';

const root = authority('Root', null);
const middle = authority('Middle', root);
const leaf = server(middle);
const stranger = authority('Stranger', null);
const impostor = authority('Middle', null);
const alone = server(null);
/** The root's key and name, vouched for by an older root. */
const older = authority('Older', null);
const crossed = authority('Root', older, { key: root.pair });
const broken = { name: '', pair: root.pair, der: ascii('no certificate') };

function shape(...chain: readonly Issued[]): PresentedShape | null {
  const certificates = chain.map(({ der }) => {
    const reading = readCertificate(der);
    return reading.ok ? reading.certificate : null;
  });
  return shapeOf(certificates, createAssociationCrypto());
}

const TIDY: PresentedShape = {
  ordered: true,
  superfluous: [],
  duplicates: [],
  missingIssuer: null,
};

test.each([
  ['leaf, issuer and root', [leaf, middle, root], TIDY],
  ['the root left out', [leaf, middle], { ...TIDY, missingIssuer: 'CN=Root' }],
  ['the leaf alone', [leaf], { ...TIDY, missingIssuer: 'CN=Middle' }],
  ['a self-signed leaf', [alone], TIDY],
  ['root before issuer', [leaf, root, middle], { ...TIDY, ordered: false }],
  [
    'a stranger in between',
    [leaf, stranger, middle, root],
    { ...TIDY, ordered: false, superfluous: [1] },
  ],
  ['a stranger at the end', [leaf, middle, root, stranger], { ...TIDY, superfluous: [3] }],
  ['the leaf twice', [leaf, leaf, middle, root], { ...TIDY, duplicates: [1] }],
  ['the issuer twice', [leaf, middle, middle, root], { ...TIDY, duplicates: [2] }],
  [
    'an impostor with the issuer’s name',
    [leaf, impostor],
    { ...TIDY, superfluous: [1], missingIssuer: 'CN=Middle' },
  ],
  ['something unreadable', [leaf, middle, root, broken, broken], { ...TIDY, superfluous: [3, 4] }],
  [
    'a cross-signed root without the older one',
    [leaf, middle, crossed],
    { ...TIDY, missingIssuer: 'CN=Older' },
  ],
  ['two ways to a root', [leaf, middle, root, crossed, older], TIDY],
  ['a self-signed leaf and somebody’s root', [alone, root], { ...TIDY, superfluous: [1] }],
] satisfies [string, Issued[], PresentedShape][])('%s', (_, chain, expected) => {
  expect(shape(...chain)).toEqual(expected);
});

test('without a readable leaf there is no shape', () => {
  expect(shape()).toBeNull();
  expect(shape(broken, middle)).toBeNull();
});

test('two authorities that vouch for each other end the path', () => {
  const one = authority('One', null);
  const two = authority('Two', one);
  const oneByTwo = authority('One', two, { key: one.pair });
  const between = server(oneByTwo);
  expect(shape(between, oneByTwo, two)).toEqual({ ...TIDY, missingIssuer: 'CN=One' });
});

test('a hundred authorities of one name and key are looked at within a second', () => {
  const maze = Array.from({ length: 99 }, (_, index) =>
    authority('Middle', root, {
      key: middle.pair,
      notAfter: utcTime(`2701010000${String(index % 60).padStart(2, '0')}Z`),
    }),
  );
  const begun = performance.now();
  expect(shape(leaf, ...maze)?.missingIssuer).toBe('CN=Root');
  expect(performance.now() - begun).toBeLessThan(1000);
});
