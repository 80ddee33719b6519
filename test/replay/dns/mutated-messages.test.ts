// 100,000 mutations of real answers: nothing throws, and nothing is believed that the honest answer does not say.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createDnssecCrypto } from '../../../electron/crypto/dnssec-crypto.ts';
import type { CryptoPort } from '../../../shared/dnssec/crypto-port.ts';
import { encode, readExchanges, type Exchange } from './mutations/corpus.ts';
import { createJudge, type Judge, type Outcome } from './mutations/judge.ts';
import { CHANGES, mutate } from './mutations/mutate.ts';

/** Answers of BIND for zones signed by BIND with P-256 keys: the cheapest to verify. */
const VARIANTS = ['ecdsap256-nsec', 'ecdsap256-nsec3', 'ecdsap256-opt-out'] as const;
const MUTATIONS = 100_000;

interface Case extends Exchange {
  readonly judge: Judge;
  readonly honest: Outcome;
}

const cases: Case[] = [];

/** Honest signatures are verified once: nine in ten RRsets of a mutated message are still as they were. */
function withMemory(
  crypto: CryptoPort,
  known: Map<string, 'valid'>,
  learning: () => boolean,
): CryptoPort {
  return {
    ...crypto,
    verify(algorithm, publicKey, signature, data) {
      const id = [publicKey, signature, data]
        .map((bytes) =>
          Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'),
        )
        .join(`|${algorithm}|`);
      const before = known.get(id);
      if (before !== undefined) return before;
      const result = crypto.verify(algorithm, publicKey, signature, data);
      if (learning() && result === 'valid') known.set(id, result);
      return result;
    },
  };
}

async function prepare(crypto: CryptoPort): Promise<readonly Case[]> {
  const prepared: Case[] = [];
  for (const variant of VARIANTS) {
    const exchanges = readExchanges(variant);
    const [first] = exchanges;
    if (first === undefined) throw new Error(`${variant} is empty`);
    const judge = createJudge(first.zone, crypto);
    for (const exchange of exchanges) {
      const honest = await judge(exchange.query, encode(exchange.message));
      prepared.push({ ...exchange, judge, honest });
    }
  }
  return prepared;
}

/** What a mutated answer must not do; null when all is well. */
function violation({ honest, title }: Case, outcome: Outcome): string | null {
  if (outcome.kind !== 'secure' && outcome.kind !== 'insecure') return null;
  if (honest.kind !== outcome.kind) return `${title}: ${honest.kind} became ${outcome.kind}`;
  // Nobody vouches for what an insecure answer says.
  if (outcome.kind === 'insecure') return null;
  if (honest.facts !== outcome.facts) return `${title}: another secure answer: ${outcome.facts}`;
  return outcome.ttl > honest.ttl ? `${title}: the TTL grew to ${outcome.ttl}` : null;
}

const mutation = fc.record({
  which: fc.nat(0xffff),
  donor: fc.nat(0xffff),
  steps: fc.array(fc.tuple(fc.nat(CHANGES - 1), fc.nat(0xffffff), fc.nat(0xffffff), fc.nat(0xff)), {
    minLength: 1,
    maxLength: 3,
  }),
});

async function run(
  from: readonly Case[],
  numRuns: number,
): Promise<{
  readonly counts: Readonly<Record<string, number>>;
  readonly violations: readonly string[];
}> {
  const counts: Record<string, number> = { unread: 0, refused: 0, secure: 0, insecure: 0 };
  const violations: string[] = [];
  const property = fc.asyncProperty(mutation, async ({ which, donor, steps }) => {
    const chosen = from[which % from.length];
    const other = from[donor % from.length];
    if (chosen === undefined || other === undefined) return;
    const outcome = await chosen.judge(chosen.query, mutate(chosen.message, other.message, steps));
    counts[outcome.kind] = (counts[outcome.kind] ?? 0) + 1;
    const wrong = violation(chosen, outcome);
    if (wrong !== null) throw new Error(wrong);
  });
  const details = await fc.check(property, { numRuns });
  if (details.failed) {
    const error = details.errorInstance;
    violations.push(
      `${String(error)} ${JSON.stringify(details.counterexample)} seed ${details.seed}`,
    );
  }
  return { counts, violations };
}

describe('a mutated answer', () => {
  beforeAll(async () => {
    const known = new Map<string, 'valid'>();
    let learning = true;
    cases.push(...(await prepare(withMemory(createDnssecCrypto(), known, () => learning))));
    learning = false;
  });

  it('comes from an answer that is secure or insecure by itself, whatever it is about', () => {
    const kinds = cases.map(({ title, honest }) => `${title} ${honest.kind}`);
    expect(kinds.filter((each) => !/ (secure|insecure)$/.test(each))).toEqual([]);
    expect(cases.length).toBeGreaterThan(80);
  });

  it(
    'never throws and is never believed beyond what the honest one says',
    { timeout: 240_000 },
    async () => {
      const { counts, violations } = await run(cases, MUTATIONS);
      expect(violations).toEqual([]);
      // Enough of them got as far as the validator, and not all of those in vain.
      expect(counts['refused']).toBeGreaterThan(MUTATIONS / 10);
      expect(counts['secure']).toBeGreaterThan(MUTATIONS / 20);
    },
  );

  it('is believed by a validator that takes every signature, and so found out', async () => {
    const gullible: CryptoPort = { ...createDnssecCrypto(), verify: () => 'valid' };
    const { violations } = await run(await prepare(gullible), 5000);
    expect(violations[0]).toMatch(/another secure answer|became secure/);
  });
});
