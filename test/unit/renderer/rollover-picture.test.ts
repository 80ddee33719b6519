/** What of a plan goes into its picture and into the table beside it, through a whole key change. */
import { describe, expect, it } from 'vitest';
import { pictureFacts } from '../../../renderer/rollover/picture-facts.ts';
import { pictureWords } from '../../../renderer/rollover/picture-words.ts';
import { stepRows } from '../../../renderer/rollover/step-rows.tsx';
import { emptyReport } from '../../../shared/inspection/empty-report.ts';
import { fold } from '../../../shared/inspection/fold.ts';
import type { Sighting } from '../../../shared/ipc/contract.ts';
import type { ComingChain } from '../../../shared/rollover/chain.ts';
import { progressOf } from '../../../shared/rollover/progress.ts';
import { planFor, shownAnywhere } from '../../../shared/rollover/question.ts';
import { HOST, lookEvents, ownRecord, type Look } from './rollover-looks.ts';

const NOON = Date.UTC(2026, 10, 24, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const OLD = ownRecord('aa11aa11');
const NEW = ownRecord('bb22bb22');

function coming(seed: string, kind = 'ECDSA'): ComingChain {
  const record = ownRecord(seed);
  return {
    key: seed.padEnd(64, '0'),
    certificate: null,
    kind,
    records: [record],
    publish: [record],
    issuersKnown: true,
  };
}

function sighting(record: string, ago: number): Sighting {
  return { record, since: new Date(NOON - ago).toISOString() };
}

function draw(look: Look, sightings: readonly Sighting[] = [], chains = [coming('bb22bb22')]) {
  const [host] = lookEvents(look).reduce(fold, emptyReport(HOST)).hosts;
  if (host === undefined) throw new Error('the look has no host');
  const planned = planFor(host, chains, sightings, {
    scheme: 'current+next',
    safety: 2,
    start: NOON,
    publishedSince: null,
  });
  if (planned.kind === 'refused') throw new Error(planned.refusal.code);
  const { plan } = planned;
  const progress = progressOf(plan, host, sightings, NOON);
  const facts = pictureFacts({
    plan,
    progress,
    sightings,
    published: shownAnywhere(host),
    now: NOON,
  });
  const rows = stepRows({
    plan,
    progress,
    owner: host.tlsa.name,
    ttl: 3600,
    now: NOON,
    seenAt: NOON,
    publishedAt: null,
  });
  return { facts, rows, progress };
}

const oldKey = { '192.0.2.10': [{ seed: 'aa11aa11' }] };
const newKey = { '192.0.2.10': [{ seed: 'bb22bb22' }] };
const bothRecords = { ns1: [OLD, NEW], ns2: [OLD, NEW] };

const at = (kind: string, { facts }: ReturnType<typeof draw>): number | undefined =>
  facts.marks.find((mark) => mark.kind === kind)?.at;

describe('before anything is published', () => {
  const drawn = draw({ servers: { ns1: [OLD], ns2: [OLD] }, presented: oldKey });

  it('publishing is now, installing after the secondaries and two TTLs', () => {
    expect(at('publish', drawn)).toBe(NOON);
    expect(at('deploy', drawn)).toBe(NOON + 1800_000 + 2 * HOUR);
    expect(drawn.facts.waitUntil).toBe(NOON + 1800_000 + 2 * HOUR);
  });

  it('the old record ends where it is removed, the new one begins where it is published', () => {
    expect(drawn.facts.records).toEqual([
      { look: 'current', label: '3 1 1 aa11aa11… current', from: null, to: 'remove', row: 0 },
      { look: 'next', label: '3 1 1 bb22bb22… next', from: 'publish', to: null, row: 1 },
    ]);
    expect(drawn.facts.served).toEqual([
      { look: 'old-key', label: 'old key', from: null, to: 'deploy', row: 0 },
      { look: 'new-key', label: 'new key', from: 'deploy', to: null, row: 0 },
    ]);
  });

  it('the table stands at publishing', () => {
    expect(drawn.rows.map(({ key, state }) => [key, state])).toEqual([
      ['publish', 'present'],
      ['wait', 'later'],
      ['deploy', 'later'],
      ['settle', 'later'],
      ['remove', 'later'],
    ]);
  });

  it('each step holds the whole set, with what comes and what goes', () => {
    const owner = `_25._tcp.${HOST}. 3600 IN TLSA`;
    const [publish] = drawn.rows;
    const remove = drawn.rows.at(-1);
    expect(publish?.records).toEqual([`${owner} ${OLD}`, `${owner} ${NEW}`]);
    expect(publish?.added).toEqual([`${owner} ${NEW}`]);
    expect(remove?.records).toEqual([`${owner} ${NEW}`]);
    expect(remove?.removed).toEqual([`${owner} ${OLD}`]);
  });
});

describe('while caches let go', () => {
  const drawn = draw({ servers: bothRecords, presented: oldKey }, [sighting(NEW, HOUR)]);

  it('publishing lies behind, installing ahead, and the arrow between now and then', () => {
    expect(at('publish', drawn)).toBe(NOON - HOUR);
    expect(at('deploy', drawn)).toBe(NOON + HOUR);
    expect(drawn.facts.waitUntil).toBe(NOON + HOUR);
    expect(drawn.rows.find(({ state }) => state === 'present')?.key).toBe('wait');
    expect(drawn.rows[1]?.checked).toEqual({ tone: 'warn', words: '1 h left' });
  });

  it('is told in words too, in the order of time', () => {
    const words = pictureWords(drawn.facts);
    expect(words).toMatch(
      /^In order: publish, .*; now, .*; deploy, from .*; remove old, 2 h after/,
    );
    expect(words).toContain('3 1 1 bb22bb22… next, from “publish” and stays');
  });
});

describe('when it is time', () => {
  it('installing is now', () => {
    const drawn = draw({ servers: bothRecords, presented: oldKey }, [sighting(NEW, 3 * HOUR)]);
    expect(at('deploy', drawn)).toBe(NOON);
    expect(drawn.facts.waitUntil).toBeNull();
    expect(drawn.rows.find(({ state }) => state === 'present')?.key).toBe('deploy');
  });
});

describe('once it is installed', () => {
  const seenOld: Sighting = {
    ...sighting(OLD, 24 * HOUR),
    matchedAt: new Date(NOON - 30 * MINUTE).toISOString(),
  };
  const drawn = draw({ servers: bothRecords, presented: newKey }, [
    sighting(NEW, 3 * HOUR),
    seenOld,
  ]);

  it('only the new key is served, and the old record goes two TTLs after it was last of use', () => {
    expect(drawn.facts.served).toEqual([
      { look: 'new-key', label: 'key in use', from: null, to: null, row: 0 },
    ]);
    expect(at('deploy', drawn)).toBeUndefined();
    expect(at('remove', drawn)).toBe(NOON - 30 * MINUTE + 2 * HOUR);
    expect(drawn.facts.records).toEqual([
      { look: 'current', label: '3 1 1 bb22bb22… current', from: null, to: null, row: 0 },
      { look: 'stale', label: '3 1 1 aa11aa11… old', from: null, to: 'remove', row: 1 },
    ]);
  });
});

describe('a server with keys of two kinds', () => {
  const rsa = ownRecord('cc33cc33');
  const drawn = draw(
    {
      servers: { ns1: [OLD, rsa], ns2: [OLD, rsa] },
      presented: {
        '192.0.2.10': [{ seed: 'aa11aa11' }, { seed: 'cc33cc33', keyType: 'RSA 2048' }],
      },
    },
    [],
  );

  it('has a row for each, and the record of the kind that stays is never removed', () => {
    expect(drawn.facts.served.map(({ label, row }) => [label, row])).toEqual([
      ['ECDSA, old key', 0],
      ['ECDSA, new key', 0],
      ['RSA, key that stays', 1],
    ]);
    const bar = drawn.facts.records.find(({ label }) => label.includes('cc33cc33'));
    expect(bar).toMatchObject({ look: 'current', to: null });
    expect(drawn.rows.flatMap(({ removed }) => removed).join()).not.toContain('cc33cc33');
  });
});

describe('where nothing is published yet', () => {
  it('both records begin now, and the wait is drawn too', () => {
    const drawn = draw({ servers: { ns1: [], ns2: [] }, presented: oldKey });
    expect(drawn.facts.records).toMatchObject([
      { look: 'current', from: 'publish', to: 'remove' },
      { look: 'next', from: 'publish', to: null },
    ]);
    expect(drawn.facts.waitUntil).toBe(at('deploy', drawn));
  });
});

describe('a name server that lags', () => {
  it('is counted and named', () => {
    const { rows, progress } = draw({
      servers: { ns1: [OLD, NEW], ns2: [OLD] },
      presented: oldKey,
    });
    expect(progress.verdict.kind).toBe('publish-first');
    expect(rows[0]?.state).toBe('present');
    expect(rows[0]?.checked.tone).toBe('warn');
    expect(JSON.stringify(rows[0]?.checked.words)).toContain('ns2');
  });
});
