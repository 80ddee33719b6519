/** RFC 7672 §2.1.1: what "secure", "insecure", "bogus" and "indeterminate" answers mean to a sender. */
import { describe, expect, test } from 'vitest';
import {
  BOGUS,
  codesOf,
  inspectWith,
  inspectWithout,
  onlyHost,
  tlsaLine,
  leaf,
} from '../mail-world.ts';

const TLSA = '_25._tcp.mx.example.org TLSA';
const RECORDS = { records: tlsaLine('3 1 1', leaf) };

describe('a TLSA answer that is', () => {
  test('secure binds the sender', async () => {
    expect(onlyHost(await inspectWith()).outcome).toBe('authenticated');
  });

  test('insecure does not apply, whatever the records say', async () => {
    const replayed = await inspectWith({ [TLSA]: { ...RECORDS, security: 'insecure' } });
    expect(onlyHost(replayed).outcome).toBe('opportunistic');
    expect(codesOf(replayed)).toContain('tlsa-insecure');
    expect(codesOf(replayed)).not.toContain('tlsa-match');
  });

  test('a denial in an unsigned zone is no failure', async () => {
    const replayed = await inspectWith({ [TLSA]: { rcode: 'NXDOMAIN', security: 'insecure' } });
    expect(onlyHost(replayed).outcome).toBe('opportunistic');
    expect(codesOf(replayed)).not.toContain('tlsa-lookup-failed');
  });

  test('bogus is an error, and never "no records"', async () => {
    const replayed = await inspectWith({ [TLSA]: BOGUS });
    expect(onlyHost(replayed).outcome).toBe('deferred');
    expect(codesOf(replayed)).toContain('tlsa-bogus');
    expect(codesOf(replayed)).not.toContain('tlsa-none');
  });

  test('indeterminate, since no trust anchor covers it, counts as insecure', async () => {
    const replayed = await inspectWith({ [TLSA]: { ...RECORDS, security: 'indeterminate' } });
    expect(onlyHost(replayed)).toMatchObject({
      outcome: 'opportunistic',
      tlsa: { security: 'insecure' },
    });
  });

  test('a secure denial means that there is no DANE', async () => {
    const replayed = await inspectWithout([TLSA]);
    expect(onlyHost(replayed).outcome).toBe('opportunistic');
    expect(codesOf(replayed)).toContain('tlsa-none');
  });
});
