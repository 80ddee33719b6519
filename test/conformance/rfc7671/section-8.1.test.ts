/** RFC 7671 §8.1: a key changes without a gap only where its record was published before. */
import { expect, test } from 'vitest';
import {
  codesOf,
  inspectWith,
  leaf,
  onlyHost,
  presents,
  root,
  stranger,
  tlsaLine,
} from '../mail-world.ts';

const TLSA = '_25._tcp.mx.example.org TLSA';
const both = { [TLSA]: { records: `${tlsaLine('3 1 1', leaf)}\n${tlsaLine('3 1 1', stranger)}` } };

test('current and next: before the change the old key matches, after it the new one', async () => {
  for (const served of [leaf, stranger]) {
    const replayed = await inspectWith(both, { mail: { '192.0.2.1': presents(served.der) } });
    expect(onlyHost(replayed)).toMatchObject({
      outcome: 'authenticated',
      tlsa: { rolloverScheme: 'current+next' },
    });
  }
});

test('one record only: the same change stops mail', async () => {
  const replayed = await inspectWith({}, { mail: { '192.0.2.1': presents(stranger.der) } });
  expect(onlyHost(replayed)).toMatchObject({
    outcome: 'deferred',
    tlsa: { rolloverScheme: 'none' },
  });
});

test('two digests of one key are no preparation, and not called one', async () => {
  const records = `${tlsaLine('3 1 1', leaf)}\n${tlsaLine('3 0 1', leaf)}`;
  const replayed = await inspectWith({ [TLSA]: { records } });
  expect(onlyHost(replayed).tlsa.rolloverScheme).toBe('single');
  expect(codesOf(replayed)).toContain('rollover-single');
});

test('the issuer beside the key carries a change over, as long as it anchors the chain', async () => {
  const records = `${tlsaLine('3 1 1', leaf)}\n${tlsaLine('2 1 1', root)}`;
  const replayed = await inspectWith({ [TLSA]: { records } });
  expect(onlyHost(replayed).tlsa.rolloverScheme).toBe('current+issuer');
  const unsent = await inspectWith(
    { [TLSA]: { records } },
    { mail: { '192.0.2.1': presents(leaf.der) } },
  );
  expect(onlyHost(unsent).tlsa.rolloverScheme).toBe('single');
});

test('a record that is really the issuer’s key under usage 3 is no next key', async () => {
  const mistaken = tlsaLine('2 1 1', root).replace('TLSA 2', 'TLSA 3');
  const replayed = await inspectWith({
    [TLSA]: { records: `${tlsaLine('3 1 1', leaf)}\n${mistaken}` },
  });
  expect(onlyHost(replayed).tlsa.rolloverScheme).toBe('single');
  expect(codesOf(replayed)).toContain('tlsa-record-mistaken');
});
