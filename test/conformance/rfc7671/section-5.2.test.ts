/** RFC 7671 §5.2 and RFC 7672 §3.1.2: DANE-TA(2), an anchor in the chain or in the record. */
import { describe, expect, test } from 'vitest';
import * as make from '../../unit/shared/x509/certificate-maker.ts';
import { authority, judgeOne, record, server } from '../../unit/shared/dane/chain-maker.ts';

const root = authority('Root', null);
const middle = authority('Middle', root);
const leaf = server(middle);
const match = (depth: number | null) => ({ outcome: 'authenticated', code: 'match', depth });
const failed = (code: string, depth: number | null) => ({ outcome: 'failed', code, depth });

describe('the anchor is in the chain', () => {
  test('each issuer can be the anchor; depth is the place in the chain as presented', () => {
    expect(judgeOne([leaf, middle, root], record('2 1 1', middle.der))).toEqual(match(1));
    expect(judgeOne([leaf, middle, root], record('2 1 1', root.der))).toEqual(match(2));
  });

  test('the chain above the anchor need not be sent', () => {
    expect(judgeOne([leaf, middle], record('2 0 1', middle.der))).toEqual(match(1));
  });

  test('issuers may come in any order, twice, and with strangers between them', () => {
    const stranger = authority('Stranger', null);
    const chain = [leaf, root, stranger, middle, middle];
    expect(judgeOne(chain, record('2 1 1', root.der))).toEqual(match(1));
    expect(judgeOne(chain, record('2 1 1', middle.der))).toEqual(match(3));
  });

  test('an issuer that is not sent does not match, though its key has signed the leaf', () => {
    expect(judgeOne([leaf], record('2 1 1', middle.der))).toEqual(
      failed('ta-missing-from-chain', null),
    );
    expect(judgeOne([leaf, middle], record('2 1 1', root.der))).toEqual(
      failed('ta-missing-from-chain', null),
    );
  });

  test('a record of nobody in a chain that is complete is a mere mismatch', () => {
    const stranger = authority('Stranger', null);
    expect(judgeOne([leaf, middle, root], record('2 1 1', stranger.der))).toEqual(
      failed('no-match', null),
    );
  });

  test('an authority that has not signed the chain does not match, sent along or not', () => {
    const stranger = authority('Stranger', null);
    expect(judgeOne([leaf, middle, stranger], record('2 1 1', stranger.der))).toEqual(
      failed('ta-path-invalid', 2),
    );
  });

  test('an impostor with the issuer’s name and another key does not match', () => {
    const impostor = authority('Middle', null);
    expect(judgeOne([leaf, impostor], record('2 1 1', impostor.der))).toEqual(
      failed('ta-path-invalid', 1),
    );
  });

  test('of two certificates of the anchor’s key, one valid path is enough', () => {
    const stale = authority('Middle', root, {
      key: middle.pair,
      notAfter: make.utcTime('260102000000Z'),
    });
    expect(judgeOne([leaf, stale, middle], record('2 1 1', middle.der))).toEqual(match(2));
  });
});

describe('the anchor is in the record', () => {
  test('2 0 0 supplies the certificate, 2 1 0 the key; no depth then', () => {
    expect(judgeOne([leaf], record('2 0 0', middle.der))).toEqual(match(null));
    expect(judgeOne([leaf], record('2 1 0', middle.der))).toEqual(match(null));
    expect(judgeOne([leaf, middle], record('2 0 0', root.der))).toEqual(match(null));
    expect(judgeOne([leaf, middle], record('2 1 0', root.der))).toEqual(match(null));
  });

  test('sent along as well, it has its depth', () => {
    expect(judgeOne([leaf, middle], record('2 0 0', middle.der))).toEqual(match(1));
    expect(judgeOne([leaf, middle], record('2 1 0', middle.der))).toEqual(match(1));
  });

  test('a stranger supplied so does not match', () => {
    const stranger = authority('Middle', null);
    expect(judgeOne([leaf], record('2 0 0', stranger.der)).outcome).toBe('failed');
    expect(judgeOne([leaf], record('2 1 0', stranger.der)).outcome).toBe('failed');
  });

  test('a certificate supplied so must be an authority, and in date', () => {
    const none = authority('Middle', root, { key: middle.pair, extensions: [] });
    const stale = authority('Middle', root, {
      key: middle.pair,
      notAfter: make.utcTime('260102000000Z'),
    });
    expect(judgeOne([leaf], record('2 0 0', none.der)).code).toBe('ta-path-invalid');
    expect(judgeOne([leaf], record('2 0 0', stale.der)).code).toBe('ta-expired');
  });
});

describe('usage 2 never matches the server’s own certificate', () => {
  const alone = server(null, {
    extensions: [make.dnsNames('mx.example.org'), make.basicConstraints(true)],
  });

  test.each(['2 0 0', '2 0 1', '2 0 2', '2 1 0', '2 1 1', '2 1 2'] as const)(
    '%s of a self-signed leaf, even of one that calls itself an authority',
    (kind) => {
      expect(judgeOne([alone], record(kind, alone.der))).toEqual(failed('ta-matches-leaf-only', 0));
      expect(judgeOne([alone, alone], record(kind, alone.der))).toEqual(
        failed('ta-matches-leaf-only', 0),
      );
      expect(judgeOne([leaf, middle, root], record(kind, leaf.der))).toEqual(
        failed('ta-matches-leaf-only', 0),
      );
    },
  );

  test('a second certificate of a self-signed leaf’s key is no issuer of it', () => {
    const again = server(null, {
      key: alone.pair,
      extensions: [make.basicConstraints(true)],
      notAfter: make.utcTime('280101000000Z'),
    });
    expect(judgeOne([alone, again], record('2 1 1', alone.der)).outcome).toBe('failed');
    expect(judgeOne([alone, again], record('2 0 1', again.der)).outcome).toBe('failed');
    expect(judgeOne([alone], record('2 0 0', again.der)).outcome).toBe('failed');
  });
});

describe('work is bounded', () => {
  test('a maze of authorities that all sign each other ends soon, without a match', () => {
    const shared = authority('Maze', null);
    const maze = Array.from({ length: 60 }, (_, index) =>
      authority('Maze', shared, {
        key: shared.pair,
        notAfter: make.utcTime(`2701010000${String(index).padStart(2, '0')}Z`),
      }),
    );
    const lost = server(shared);
    const stranger = authority('Stranger', null);
    const begun = performance.now();
    expect(judgeOne([lost, ...maze, stranger], record('2 1 1', stranger.der)).outcome).toBe(
      'failed',
    );
    expect(performance.now() - begun).toBeLessThan(5000);
  });

  test('the same maze below a key of 60 KiB, given in the record, ends as soon', () => {
    const shared = authority('Maze', null);
    const maze = Array.from({ length: 60 }, (_, index) =>
      authority('Maze', shared, {
        key: shared.pair,
        notAfter: make.utcTime(`2701010000${String(index).padStart(2, '0')}Z`),
      }),
    );
    const begun = performance.now();
    const data = rsaKeyInfo(60 * 1024);
    const verdict = judgeOne([server(shared), ...maze], {
      usage: 2,
      selector: 1,
      matchingType: 0,
      data,
    });
    expect(verdict).toEqual(failed('ta-path-invalid', null));
    expect(performance.now() - begun).toBeLessThan(4000);
  });

  test('no more than 100 certificates and 100 KiB are looked at', () => {
    const many = Array.from({ length: 100 }, () => leaf);
    expect(judgeOne([...many, middle], record('2 1 1', middle.der)).outcome).toBe('failed');
    const huge = server(root, {
      extensions: [make.extension('1.2.3', new Uint8Array(101 * 1024))],
    });
    expect(judgeOne([leaf, huge, middle], record('2 1 1', middle.der)).outcome).toBe('failed');
  });
});

/** A SubjectPublicKeyInfo with an RSA modulus of so many octets (RFC 3279 §2.3.1). */
function rsaKeyInfo(octets: number): Uint8Array {
  const element = (tag: number, content: Buffer): Buffer => {
    const length = Buffer.from([0x82, content.length >> 8, content.length & 0xff]);
    return Buffer.concat([Buffer.from([tag]), length, content]);
  };
  const exponent = Buffer.from('0203010001', 'hex');
  const key = element(0x30, Buffer.concat([element(2, Buffer.alloc(octets, 1)), exponent]));
  const algorithm = Buffer.from('300d06092a864886f70d0101010500', 'hex');
  const bits = element(3, Buffer.concat([Buffer.from([0]), key]));
  return new Uint8Array(element(0x30, Buffer.concat([algorithm, bits])));
}
