// 100,000 mutations of real answers: nothing throws, and nothing is believed that the honest answer does not say.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createDnssecCrypto } from '../../../electron/crypto/dnssec-crypto.ts';
import type { CryptoPort } from '../../../shared/dnssec/crypto-port.ts';
import { encodeMessage } from '../../../electron/wire/encode.ts';
import { makeLabExchanges, readExchanges, type Exchange } from './mutations/corpus.ts';
import { createJudge, type Judge, type Outcome } from './mutations/judge.ts';
import { CHANGES, mutate, pose } from './mutations/mutate.ts';

/** Answers of BIND for zones signed by BIND with P-256 keys: the cheapest to verify. */
const VARIANTS = ['ecdsap256-nsec', 'ecdsap256-nsec3', 'ecdsap256-opt-out'] as const;
const MUTATIONS = 100_000;

interface Case extends Exchange {
  readonly judge: Judge;
  readonly honest: Outcome;
}

const cases: Case[] = [];

/** Signatures seen by now are remembered; random ones would only fill the memory. */
let learning = true;

type Verification = ReturnType<CryptoPort['verify']>;

/** Honest signatures are verified once: nine in ten RRsets of a mutated message are still as they were. */
function withMemory(
  crypto: CryptoPort,
  known: Map<string, Verification>,
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
      if (learning()) known.set(id, result);
      return result;
    },
  };
}

async function prepare(crypto: CryptoPort): Promise<readonly Case[]> {
  const prepared: Case[] = [];
  const nsec3 = { kind: 'nsec3', iterations: 0, salt: new Uint8Array(0), optOut: false } as const;
  const groups = [
    ...VARIANTS.map(readExchanges),
    makeLabExchanges({ kind: 'nsec' }),
    makeLabExchanges({ ...nsec3, omitEmptyNonTerminals: false }),
  ];
  for (const exchanges of groups) {
    const zone = exchanges[0]?.zone;
    if (zone === undefined) throw new Error('there are no answers');
    const judge = createJudge(zone, crypto);
    for (const exchange of exchanges) {
      const honest = await judge(exchange.query, encodeMessage(exchange.message));
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
    const known = new Map<string, Verification>();
    cases.push(...(await prepare(withMemory(createDnssecCrypto(), known, () => learning))));
  });

  it('comes from an answer that is secure or insecure by itself, whatever it is about', () => {
    const kinds = cases.map(({ title, honest }) => `${title} ${honest.kind}`);
    expect(kinds.filter((each) => !/ (secure|insecure)$/.test(each))).toEqual([]);
    expect(cases.length).toBeGreaterThan(80);
  });

  it(
    'is worth nothing in the place of another one, under its name or with its proof',
    { timeout: 120_000 },
    async () => {
      const violations: string[] = [];
      for (const chosen of cases) {
        for (const donor of cases.filter(({ zone }) => zone === chosen.zone)) {
          for (const bytes of pose(chosen.message, donor.message)) {
            const wrong = violation(chosen, await chosen.judge(chosen.query, bytes));
            if (wrong !== null) violations.push(`${wrong} (by ${donor.title})`);
          }
        }
      }
      expect(violations).toEqual([]);
    },
  );

  it(
    'never throws and is never believed beyond what the honest one says',
    { timeout: 240_000 },
    async () => {
      learning = false;
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
    // Whichever comes first: a forged opt-out flag that is believed makes a secure denial an insecure one.
    expect(violations[0]).toMatch(/another secure answer|became (in)?secure|the TTL grew/);
  });
});
