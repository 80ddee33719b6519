/** RFC 7672 §3.1.2: under DANE-TA(2) the server must send the issuer, and the whole path must hold. */
import { describe, expect, test } from 'vitest';
import { inspectWith, leaf, onlyHost, presents, root, tlsaLine, codesOf } from '../mail-world.ts';
import { authority, judgeOne, record, server } from '../../unit/shared/dane/chain-maker.ts';
import { utcTime } from '../../unit/shared/x509/certificate-maker.ts';

const anchored = { '_25._tcp.mx.example.org TLSA': { records: tlsaLine('2 1 1', root) } };

test('a chain with the issuer authenticates', async () => {
  expect(onlyHost(await inspectWith(anchored)).outcome).toBe('authenticated');
});

test('a chain without the issuer does not, and is told to send it', async () => {
  const replayed = await inspectWith(anchored, { mail: { '192.0.2.1': presents(leaf.der) } });
  expect(onlyHost(replayed).outcome).toBe('deferred');
  expect(codesOf(replayed)).toEqual(
    expect.arrayContaining(['tlsa-mismatch', 'tlsa-ta-missing-from-chain', 'chain-incomplete']),
  );
});

describe('dates count, at the instant of judgement', () => {
  const expired = { notAfter: utcTime('260102000000Z') };
  const middle = authority('Middle', authority('Top', null));

  test.each([
    ['the server’s certificate', server(middle, expired), middle],
    ['the issuer', server(middle), authority('Middle', null, { ...expired, key: middle.pair })],
  ])('%s out of date', (_, certificate, issuer) => {
    const verdict = judgeOne([certificate, issuer], record('2 1 1', issuer.der));
    expect(verdict).toMatchObject({ outcome: 'failed', code: 'ta-expired' });
  });

  test('what lies above the anchor does not matter: an expired root over a pinned intermediate', () => {
    const old = authority('Old', null, expired);
    const pinned = authority('Pinned', old);
    const chain = [server(pinned), pinned, old];
    expect(judgeOne(chain, record('2 1 1', pinned.der)).outcome).toBe('authenticated');
    expect(judgeOne(chain, record('2 1 1', old.der)).code).toBe('ta-expired');
  });
});

describe('senders with OpenSSL build one path and do not come back', () => {
  const top = authority('Top', null);
  const elsewhere = authority('Elsewhere', null);
  const middle = authority('Middle', top);
  const crossed = authority('Middle', elsewhere, { key: middle.pair });
  const certificate = server(middle);

  test('two certificates of one issuer: the first in date decides which root is reached', () => {
    const chain = [certificate, crossed, middle, top, elsewhere];
    expect(judgeOne(chain, record('2 1 1', top.der)).code).toBe('ta-path-invalid');
    expect(judgeOne(chain, record('2 1 1', elsewhere.der)).code).toBe('match');
  });

  test('the key that both hold is found on either way', () => {
    const chain = [certificate, crossed, middle, top, elsewhere];
    expect(judgeOne(chain, record('2 1 1', middle.der)).code).toBe('match');
  });

  test('one that is out of date is passed over', () => {
    const stale = authority('Middle', elsewhere, {
      key: middle.pair,
      notAfter: utcTime('260102000000Z'),
    });
    expect(judgeOne([certificate, stale, middle, top], record('2 1 1', top.der)).code).toBe(
      'match',
    );
  });

  test('an issuer given whole in the record comes before those sent', () => {
    const chain = [certificate, crossed, middle, top];
    expect(judgeOne(chain, record('2 0 0', middle.der)).code).toBe('match');
    expect(judgeOne(chain, record('2 0 1', middle.der)).code).toBe('ta-path-invalid');
  });
});
