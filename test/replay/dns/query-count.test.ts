// What a cold look-up asks, of whom and in which order: no more than docs/resolution.md says it needs.
import { describe, expect, it } from 'vitest';
import { decodeMessage } from '../../../electron/wire/decode.ts';
import { typeToText } from '../../../shared/dns/record-type.ts';
import { createWorld, summary, THREE_LEVELS, type World, type ZoneScript } from './world.ts';

const SUB: ZoneScript = {
  apex: 'sub.example.test',
  servers: [
    ['ns1.sub.example.test', '192.0.2.31'],
    ['ns2.sub.example.test', '192.0.2.32'],
  ],
  records: 'www A 198.51.100.9\nalias CNAME www',
};
const FOUR_LEVELS = [...THREE_LEVELS, SUB];
const ROUND_TRIP_MS = 20;

/** Which zone's servers stand at an address. */
function zoneAt(address: string): string {
  const zone = FOUR_LEVELS.find(({ servers }) => servers.some(([, each]) => each === address));
  return zone?.apex ?? address;
}

/** What was sent, as `round trip zone: name TYPE`. */
function sent(world: World): readonly string[] {
  const lines = world.traffic.map(({ atMs, to, payload }) => {
    const decoded = decodeMessage(payload);
    const question = decoded.ok ? decoded.value.questions[0] : undefined;
    const asked = question && `${question.name.key} ${typeToText(question.type)}`;
    return `${Math.floor(atMs / ROUND_TRIP_MS) + 1} ${zoneAt(to.address)}: ${String(asked)}`;
  });
  return lines.sort();
}

describe('a cold look-up of a name four levels down', () => {
  it('asks one question and one key RRset of each zone, and primes: nine queries in four round trips', async () => {
    const world = createWorld(FOUR_LEVELS);
    const { result, ms, queries } = await world.lookUp('www.sub.example.test A');
    expect(summary(result)[0]).toBe('secure NOERROR');
    expect(sent(world)).toEqual([
      '1 .: . DNSKEY',
      '1 .: . NS',
      '1 .: www.sub.example.test A',
      '2 test: test DNSKEY',
      '2 test: www.sub.example.test A',
      '3 example.test: example.test DNSKEY',
      '3 example.test: www.sub.example.test A',
      '4 sub.example.test: sub.example.test DNSKEY',
      '4 sub.example.test: www.sub.example.test A',
    ]);
    expect(queries).toBe(9);
    expect(ms).toBe(4 * ROUND_TRIP_MS);
  });

  it.each([
    ['missing.sub.example.test A', 'secure NXDOMAIN'],
    ['www.sub.example.test TXT', 'secure NOERROR'],
  ])('asks as much for what is not there (%s)', async (question, expected) => {
    const { result, queries } = await createWorld(FOUR_LEVELS).lookUp(question);
    expect(summary(result)[0]).toBe(expected);
    expect(queries).toBe(9);
  });

  it('asks once more for an alias, nothing of its chain being asked again', async () => {
    const { result, queries } = await createWorld(FOUR_LEVELS).lookUp('alias.sub.example.test A');
    expect(summary(result)[0]).toBe('secure NOERROR');
    expect(queries).toBe(10);
  });

  it('asks for no keys below an unsigned delegation', async () => {
    const zones = [...THREE_LEVELS, { ...SUB, unsigned: true }];
    const world = createWorld(zones);
    const { result, queries } = await world.lookUp('www.sub.example.test A');
    expect(summary(result)[0]).toBe('insecure NOERROR');
    expect(sent(world)).not.toContain('4 sub.example.test: sub.example.test DNSKEY');
    expect(queries).toBe(8);
  });

  it('asks for no keys at all under no anchor', async () => {
    const world = createWorld(FOUR_LEVELS);
    const { result, queries } = await world.lookUp('www.sub.example.test A', { trustAnchors: [] });
    expect(summary(result)[0]).toBe('indeterminate NOERROR');
    expect(queries).toBe(5);
  });
});
