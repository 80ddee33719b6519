/** Where OpenSSL's answer depends on how a sender sets it up, and records that no mail sender can use. */
import { createHash, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAssociationCrypto } from '../../electron/crypto/association-crypto.ts';
import { verify } from '../../shared/dane/verify.ts';
import { AT, CA, HOST, SAN } from './openssl-dane-shapes.ts';
import {
  openWorkshop,
  serveChain,
  type Judge,
  type Made,
  type Workshop,
} from './openssl-dane-judge.ts';

/** What Postfix sets, and what distributions set for everybody else. */
const POSTFIX = 0;
const DISTRIBUTION = 2;

let workshop: Workshop;
let root: Made;

beforeAll(() => {
  workshop = openWorkshop();
  root = workshop.make({ subject: 'Root', issuer: null, extensions: CA });
});

afterAll(() => workshop.close());

function keyRecord(usage: number, { pem }: Made): string {
  const key = new X509Certificate(pem).publicKey.export({ format: 'der', type: 'spki' });
  return `${usage} 1 1 ${createHash('sha256').update(key).digest('hex')}`;
}

function outcome(chain: readonly Made[], tlsa: readonly string[]): string {
  const chainText = chain.map(({ pem }) => pem).join('');
  const answer = verify(
    { chainText, tlsa, host: HOST, domain: null, at: AT },
    createAssociationCrypto(),
  );
  return answer.kind === 'verified' ? answer.document.outcome : answer.message;
}

async function withJudge<T>(chain: readonly Made[], ask: (judge: Judge) => Promise<T>): Promise<T> {
  const judge = await serveChain(workshop, chain);
  try {
    return await ask(judge);
  } finally {
    judge.close();
  }
}

describe('senders differ', () => {
  test('on an RSA key of 1024 bits, which is told and decides nothing (it is weak, not wrong)', async () => {
    const algorithm = ['RSA', '-pkeyopt', 'rsa_keygen_bits:1024'];
    const leaf = workshop.make({ subject: HOST, issuer: root, extensions: SAN, algorithm });
    const record = keyRecord(3, leaf);
    const said = await withJudge([leaf, root], async (judge) => [
      (await judge.ask([record], { host: HOST, at: AT, level: POSTFIX })).authenticated,
      (await judge.ask([record], { host: HOST, at: AT, level: DISTRIBUTION })).authenticated,
    ]);
    expect(said).toEqual([true, false]);
    expect(outcome([leaf, root], [record])).toBe('authenticated');
  });

  test('on SHA-1 in a path of usage 2, where the stricter ones count; usage 3 does not look', async () => {
    const middle = workshop.make({
      subject: 'Middle',
      issuer: root,
      extensions: CA,
      signature: ['-sha1'],
    });
    const leaf = workshop.make({ subject: HOST, issuer: middle, extensions: SAN });
    const chain = [leaf, middle, root];
    const said = await withJudge(chain, async (judge) => {
      const ask = async (record: string, level: number) =>
        (await judge.ask([record], { host: HOST, at: AT, level })).authenticated;
      return [
        await ask(keyRecord(2, root), POSTFIX),
        await ask(keyRecord(2, root), DISTRIBUTION),
        // The anchor's own signature is nobody's business.
        await ask(keyRecord(2, middle), POSTFIX),
        await ask(keyRecord(3, leaf), DISTRIBUTION),
      ];
    });
    expect(said).toEqual([true, false, true, true]);
    expect(outcome(chain, [keyRecord(2, root)])).toBe('failed');
    expect(outcome(chain, [keyRecord(2, middle)])).toBe('authenticated');
    expect(outcome(chain, [keyRecord(3, leaf)])).toBe('authenticated');
  });
});

describe('records that cannot be used', () => {
  let leaf: Made;
  let judge: Judge;

  beforeAll(async () => {
    leaf = workshop.make({ subject: HOST, issuer: root, extensions: SAN });
    judge = await serveChain(workshop, [leaf, root]);
  });

  afterAll(() => judge.close());

  const digest = 'ab'.repeat(32);
  test.each([
    ['a digest of 31 octets', `3 1 1 ${digest.slice(2)}`],
    ['a SHA2-512 digest of 32 octets', `3 1 2 ${digest}`],
    ['a whole certificate that is none', `3 0 0 ${digest}`],
    ['a whole key that is none', `2 1 0 ${digest}`],
    ['an unknown selector', `3 2 1 ${digest}`],
    ['an unknown matching type', `3 1 9 ${digest}`],
  ])('%s: OpenSSL refuses it alone, and takes the right one beside it', async (_, bad) => {
    const right = keyRecord(3, leaf);
    const alone = await judge.ask([bad], { host: HOST, at: AT });
    const beside = await judge.ask([bad, right], { host: HOST, at: AT });
    expect([alone.authenticated, beside.authenticated], beside.output).toEqual([false, true]);
    expect(outcome([leaf, root], [bad])).toBe('encrypted-only');
    expect(outcome([leaf, root], [bad, right])).toBe('authenticated');
  });

  test.each([0, 1])(
    'usage %i authenticates nobody, whatever it equals (RFC 7672 §3.1.3)',
    async (usage) => {
      const record = keyRecord(usage, usage === 0 ? root : leaf);
      expect((await judge.ask([record], { host: HOST, at: AT })).authenticated).toBe(false);
      expect(outcome([leaf, root], [record])).toBe('encrypted-only');
      const right = keyRecord(3, leaf);
      expect((await judge.ask([record, right], { host: HOST, at: AT })).authenticated).toBe(true);
      expect(outcome([leaf, root], [record, right])).toBe('authenticated');
    },
  );
});
