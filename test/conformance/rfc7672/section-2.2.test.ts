/** RFC 7672 §2.2: what the TLSA answer makes a sender demand of the mail server. */
import { describe, expect, test } from 'vitest';
import {
  codesOf,
  inspectWith,
  inspectWithout,
  leaf,
  onlyHost,
  presents,
  stranger,
  tlsaLine,
} from '../mail-world.ts';

const TLSA = '_25._tcp.mx.example.org TLSA';
const NO_STARTTLS = {
  stage: 'starttls',
  failure: 'starttls-missing',
  error: 'not offered',
  starttls: 'missing',
} as const;
const usage = (line: string, to: number) => ({ records: line.replace('TLSA 3', `TLSA ${to}`) });

describe('with usable secure records', () => {
  test('mail goes only over TLS that they authenticate', async () => {
    expect(onlyHost(await inspectWith()).outcome).toBe('authenticated');
    const wrong = await inspectWith({}, { mail: { '192.0.2.1': presents(stranger.der) } });
    expect(onlyHost(wrong).outcome).toBe('deferred');
    expect(codesOf(wrong)).toContain('tlsa-mismatch');
  });

  test('a server without STARTTLS gets no mail', async () => {
    const replayed = await inspectWith({}, { mail: { '192.0.2.1': NO_STARTTLS } });
    expect(onlyHost(replayed).outcome).toBe('deferred');
    expect(replayed.report.findings.find(({ code }) => code === 'starttls-missing')?.severity).toBe(
      'error',
    );
  });
});

describe('with secure records that are all unusable', () => {
  const unusable = { [TLSA]: usage(tlsaLine('3 1 1', leaf), 1) };

  test('TLS is demanded, but nobody is authenticated', async () => {
    const replayed = await inspectWith(unusable);
    expect(onlyHost(replayed).outcome).toBe('encrypted-only');
    expect(codesOf(replayed)).toEqual(
      expect.arrayContaining(['tlsa-unusable-usage', 'tlsa-all-unusable']),
    );
  });

  test('any certificate will do', async () => {
    const mail = { '192.0.2.1': presents(stranger.der) };
    expect(onlyHost(await inspectWith(unusable, { mail })).outcome).toBe('encrypted-only');
  });

  test('a server without STARTTLS gets no mail', async () => {
    const mail = { '192.0.2.1': NO_STARTTLS };
    expect(onlyHost(await inspectWith(unusable, { mail })).outcome).toBe('deferred');
  });
});

test('with no records a server without STARTTLS still gets mail', async () => {
  const replayed = await inspectWithout([TLSA], {}, { mail: { '192.0.2.1': NO_STARTTLS } });
  expect(onlyHost(replayed).outcome).toBe('opportunistic');
});

test('one usable record beside unusable ones is what counts', async () => {
  const lines = `${tlsaLine('3 1 1', stranger)}\n${usage(tlsaLine('3 1 1', leaf), 1).records}`;
  expect(onlyHost(await inspectWith({ [TLSA]: { records: lines } })).outcome).toBe('deferred');
});
