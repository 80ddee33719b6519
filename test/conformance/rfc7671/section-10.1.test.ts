/** RFC 7671 §10.1: records should be small, made of digests that every client knows, and few. */
import { describe, expect, test } from 'vitest';
import { codesOf, inspectWith, leaf, root, tlsaLine } from '../mail-world.ts';

const TLSA = '_25._tcp.mx.example.org TLSA';

async function told(...lines: readonly string[]): Promise<readonly string[]> {
  return codesOf(await inspectWith({ [TLSA]: { records: lines.join('\n') } }));
}

describe('§10.1.1: UDP and TCP considerations', () => {
  test('whole data in a record are told of, under either usage', async () => {
    expect(await told(tlsaLine('3 1 0', leaf))).toContain('tlsa-no-digest');
    expect(await told(tlsaLine('2 0 0', root))).toContain('tlsa-no-digest');
    expect(await told(tlsaLine('3 1 1', leaf))).not.toContain('tlsa-no-digest');
  });

  test('more than twelve records are told of, twelve are not', async () => {
    const lines = Array.from(
      { length: 12 },
      (_, index) => `_25._tcp.mx.example.org. 3600 TLSA 3 1 1 ${String(index).padStart(64, '0')}`,
    );
    expect(await told(...lines)).not.toContain('tlsa-too-many');
    expect(await told(...lines, tlsaLine('3 1 1', leaf))).toContain('tlsa-too-many');
  });
});

describe('§10.1.2: packet size', () => {
  test('SHA2-512 alone is told of; beside SHA2-256 it is not', async () => {
    expect(await told(tlsaLine('3 1 2', leaf))).toContain('tlsa-sha512-only');
    expect(await told(tlsaLine('3 1 2', leaf), tlsaLine('3 1 1', leaf))).not.toContain(
      'tlsa-sha512-only',
    );
  });
});
