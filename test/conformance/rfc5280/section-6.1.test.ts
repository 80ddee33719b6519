/** RFC 5280 §6.1, as DANE-TA(2) needs it: each rule of a path, broken alone. */
import { describe, expect, test } from 'vitest';
import * as make from '../../unit/shared/x509/certificate-maker.ts';
import {
  HOST,
  authority,
  judge,
  judgeOne,
  record,
  server,
  type Issued,
} from '../../unit/shared/dane/chain-maker.ts';
import type { Recipe } from '../../unit/shared/x509/certificate-maker.ts';

const { basicConstraints, dnsNames, keyIds, keyUsage, KEY_USAGE } = make;
const CA = [basicConstraints(true), keyUsage(KEY_USAGE.keyCertSign)];

function withIssuer(recipe: Recipe): readonly [Issued, Issued] {
  const root = authority('Root', null, recipe);
  return [server(root), root];
}

/** The verdict on a `2 1 1` record of the chain's last certificate. */
function anchored(chain: readonly Issued[], at = make.NOON): string {
  const last = chain[chain.length - 1];
  return last === undefined ? 'empty' : judgeOne(chain, record('2 1 1', last.der), { at }).code;
}

describe('§6.1.4 (k), (n) and §4.2.1: the issuer', () => {
  test.each<readonly [string, readonly Uint8Array[], string]>([
    ['an authority that may sign certificates', CA, 'match'],
    ['an authority without keyUsage', [basicConstraints(true)], 'match'],
    ['no extensions at all', [], 'ta-path-invalid'],
    [
      'basicConstraints without CA',
      [basicConstraints(false), keyUsage(KEY_USAGE.keyCertSign)],
      'ta-path-invalid',
    ],
    [
      'keyUsage without keyCertSign',
      [basicConstraints(true), keyUsage(KEY_USAGE.cRLSign)],
      'ta-path-invalid',
    ],
    [
      'a critical extension nobody knows',
      [...CA, make.extension('1.2.3', make.bytes(5, 0), true)],
      'ta-path-invalid',
    ],
    [
      'an extension nobody knows that is not critical',
      [...CA, make.extension('1.2.3', make.bytes(5, 0))],
      'match',
    ],
    ['basicConstraints twice', [...CA, basicConstraints(true)], 'ta-path-invalid'],
    [
      'extended key usage for servers',
      [...CA, make.extendedKeyUsage('1.3.6.1.5.5.7.3.1')],
      'match',
    ],
    [
      'extended key usage for mail signing',
      [...CA, make.extendedKeyUsage('1.3.6.1.5.5.7.3.4')],
      'ta-path-invalid',
    ],
  ])('an issuer with %s', (_, extensions, expected) => {
    expect(anchored(withIssuer({ extensions }))).toBe(expected);
  });

  test('version 1 certificates are no authorities', () => {
    expect(anchored(withIssuer({ version: null, extensions: [] }))).toBe('ta-path-invalid');
  });
});

describe('§6.1.4 (l), (m): path length', () => {
  const bounded = authority('Root', null, {
    extensions: [basicConstraints(true, 0), keyUsage(0x04)],
  });
  const middle = authority('Middle', bounded);

  test('zero allows no authority between anchor and leaf', () => {
    expect(anchored([server(bounded), bounded])).toBe('match');
    expect(anchored([server(middle), middle, bounded])).toBe('ta-path-invalid');
  });

  test('a self-issued certificate does not count', () => {
    const extensions = [basicConstraints(true, 0), keyUsage(0x04)];
    const old = authority('Root', null, { extensions: [...extensions, ...keyIds(1, 1)] });
    const rolled = authority('Root', old, { extensions: [...extensions, ...keyIds(2, 1)] });
    const leaf = server(rolled, { extensions: [dnsNames(HOST), ...keyIds(3, 2)] });
    expect(anchored([leaf, rolled, old])).toBe('match');
  });

  test('the anchor may lie below the one whose bound is exceeded', () => {
    expect(judgeOne([server(middle), middle, bounded], record('2 1 1', middle.der)).code).toBe(
      'match',
    );
  });

  test('nine issuers are a path, ten are not', () => {
    const line = [authority('CA 0', null)];
    for (let index = 1; index <= 10; index++)
      line.unshift(authority(`CA ${index}`, line[0] ?? null));
    const [tenth, ninth] = line;
    if (tenth === undefined || ninth === undefined) throw new Error('no line');
    expect(anchored([server(ninth), ...line.slice(1, 10)])).toBe('match');
    expect(anchored([server(ninth), ...line.slice(1)])).toBe('ta-path-invalid');
  });
});

describe('§6.1.3 (a)(1): the signature', () => {
  test('a leaf whose body was altered after signing does not match', () => {
    const [leaf, root] = withIssuer({});
    const altered = leaf.der.slice();
    const at = Buffer.from(altered).indexOf('260101000000Z', 0, 'latin1');
    altered[at + 1] = '5'.charCodeAt(0);
    expect(judgeOne([altered, root], record('2 1 1', root.der)).code).toBe('ta-path-invalid');
  });

  test('an intermediate that the anchor has not signed breaks the path', () => {
    const root = authority('Root', null);
    const forged = authority('Middle', { ...authority('Root', null), name: 'Root' });
    expect(anchored([server(forged), forged, root])).toBe('ta-path-invalid');
  });

  test('an algorithm that differs inside and outside the signed part breaks it', () => {
    const root = authority('Root', null);
    const leaf = server(root, { outerAlgorithm: make.tlv(0x30, make.oid('1.2.840.10045.4.3.3')) });
    expect(anchored([leaf, root])).toBe('ta-path-invalid');
  });
});

describe('§6.1.3 (a)(2): dates at the instant asked for', () => {
  const edge = {
    notBefore: make.utcTime('261101000000Z'),
    notAfter: make.utcTime('261130000000Z'),
  };
  const from = Date.UTC(2026, 10, 1);
  const through = Date.UTC(2026, 10, 30);

  test.each([
    [
      'the leaf',
      () => {
        const root = authority('Root', null);
        return [server(root, edge), root];
      },
    ],
    [
      'an intermediate',
      () => {
        const root = authority('Root', null);
        const middle = authority('Middle', root, edge);
        return [server(middle), middle, root];
      },
    ],
    [
      'the anchor',
      () => {
        const root = authority('Root', null, edge);
        return [server(root), root];
      },
    ],
  ])('%s counts from notBefore through notAfter, inclusive', (_, make) => {
    const chain = make();
    expect(anchored(chain, from - 1000)).toBe('ta-expired');
    expect(anchored(chain, from)).toBe('match');
    expect(anchored(chain, through)).toBe('match');
    expect(anchored(chain, through + 1000)).toBe('ta-expired');
  });

  test('the reason names the certificate and the date', () => {
    const root = authority('Root', null, edge);
    const verdict = judge([server(root), root], [record('2 1 1', root.der)], {
      at: through + 1000,
    });
    expect(verdict.records[0]?.reason).toBe('CN=Root expired on 2026-11-30T00:00:00Z');
  });

  test.each(['notBefore', 'notAfter'])('a %s that cannot be read is never in date', (date) => {
    const root = authority('Root', null);
    const leaf = server(root, { [date]: make.utcTime('999999999999Z') });
    expect(anchored([leaf, root])).toBe('ta-expired');
  });
});

describe('§6.1.3 (a)(4): the issuer’s name', () => {
  test('a leaf that names another issuer than the one whose key has signed it has no path', () => {
    const root = authority('Root', null);
    const leaf = server({ ...root, name: 'Another' });
    expect(anchored([leaf, root])).toBe('ta-path-invalid');
  });
});

describe('the leaf', () => {
  const root = authority('Root', null);
  test.each<readonly [string, readonly Uint8Array[], string]>([
    ['keyUsage for TLS', [keyUsage(KEY_USAGE.digitalSignature)], 'match'],
    ['keyUsage that leaves TLS out', [keyUsage(KEY_USAGE.cRLSign)], 'ta-path-invalid'],
    [
      'extended key usage for clients only',
      [make.extendedKeyUsage('1.3.6.1.5.5.7.3.2')],
      'ta-path-invalid',
    ],
    [
      'a critical extension nobody knows',
      [make.extension('1.2.3', make.bytes(5, 0), true)],
      'ta-path-invalid',
    ],
  ])('with %s', (_, extensions, expected) => {
    expect(
      anchored([server(root, { extensions: [make.dnsNames(HOST), ...extensions] }), root]),
    ).toBe(expected);
  });
});

describe('§4.2.1.10: name constraints', () => {
  const dns = (name: string): Uint8Array => make.tlv(0x82, make.ascii(name));
  const directory = (name: string): Uint8Array => make.tlv(0xa4, make.commonName(name));
  test.each<readonly [string, readonly Uint8Array[], readonly Uint8Array[], string]>([
    ['permits the domain', [dns('example.org')], [], 'match'],
    ['permits another domain', [dns('example.net')], [], 'ta-path-invalid'],
    ['permits a domain that is a mere suffix', [dns('ample.org')], [], 'ta-path-invalid'],
    ['excludes the domain', [], [dns('example.org')], 'ta-path-invalid'],
    ['excludes another domain', [], [dns('example.net')], 'match'],
    ['permits the subject', [directory(HOST)], [], 'match'],
    ['permits another subject', [directory('Nobody')], [], 'ta-path-invalid'],
    [
      'restricts mail addresses, of which there are none',
      [make.tlv(0x81, make.ascii('x@y'))],
      [],
      'match',
    ],
  ])('an issuer that %s', (_, permitted, excluded, expected) => {
    const extensions = [...CA, make.nameConstraints(permitted, excluded)];
    expect(anchored(withIssuer({ extensions }))).toBe(expected);
  });

  test('a name of a kind that is constrained and not compared is refused', () => {
    const root = authority('Root', null, {
      extensions: [...CA, make.nameConstraints([make.tlv(0x87, new Uint8Array(8))])],
    });
    const both = make.extension(
      '2.5.29.17',
      make.tlv(0x30, dns(HOST), make.tlv(0x87, make.bytes(127, 0, 0, 1))),
    );
    expect(anchored([server(root, { extensions: [both] }), root])).toBe('ta-path-invalid');
  });
});
