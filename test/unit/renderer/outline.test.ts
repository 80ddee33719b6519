/** The outline says in words what the picture says in lines. */
import { describe, expect, it } from 'vitest';
import type { ChainGraph } from '../../../renderer/chain/graph.ts';
import {
  closedAtFirst,
  moveFor,
  openLines,
  typedTo,
  type Line,
} from '../../../renderer/chain/outline-walk.ts';
import { toOutline, type OutlineItem } from '../../../renderer/chain/outline.ts';
import { FOLDED, HOSTS_SINGLY, toGraph } from '../../../renderer/chain/to-graph.ts';
import { firstTrouble } from '../../../renderer/chain/trouble.ts';
import { nodeKey } from '../../../renderer/store/node-id.ts';
import { emptyReport } from '../../../shared/inspection/empty-report.ts';
import type { InspectionEvent } from '../../../shared/inspection/event.ts';
import { gather } from '../../../shared/inspection/fold.ts';
import { judge } from '../../../shared/inspection/judge.ts';
import type { Security } from '../../../shared/inspection/report.ts';
import { degraded, manyHosts, started, troubled } from './streams.ts';

function graphOf(events: readonly InspectionEvent[], unfolding = HOSTS_SINGLY): ChainGraph {
  const report = judge(events.reduce(gather, emptyReport('example.org')));
  const trouble = firstTrouble(report)?.trouble ?? null;
  return toGraph(report, { unfolding, ended: true, trouble });
}

const outline = toOutline(graphOf(degraded()));

it('names hosts with outcome and DNSSEC status, and says what to mend first', () => {
  const [first, second, third] = outline.children.map(({ text, note }) => `${text}: ${note}`);
  expect(first).toBe(
    'mx1.example.org: 10 · authenticated, secure, a name above its TLSA record is answered wrongly',
  );
  expect(second).toMatch(/^mx2\.example\.org: 20 · mail deferred, secure, mend this first: /);
  expect(second).toContain('No record matches the certificate of mx2.example.org');
  expect(third).toBe('mx.backup.net: 30 · opportunistic, insecure');
});

it('says of each record what it equals, differs from, or that it matches nothing', () => {
  const notes = outline.children.flatMap(({ children }) =>
    children.filter(({ text }) => text.startsWith('TLSA')).map(({ note }) => note),
  );
  expect(notes).toEqual([
    'current, secure, = key of mx1.example.org',
    'issuer, secure, = issuer key of R11 · Let’s Encrypt',
    'next?, secure, next or leftover',
    'no match, secure, differs from mx2.example.org',
  ]);
});

it('holds every thing of the picture once', () => {
  const keys = all(outline).map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys).toHaveLength(1 + 3 + 5 + 3 + 5);
});

const STATUS: Readonly<Record<Security, string>> = {
  secure: 'secure',
  insecure: 'insecure',
  bogus: 'bogus',
  indeterminate: 'unknown',
};

/** Each thing that is drawn, with all that is written at it and said by its lines. */
function factsOf(graph: ChainGraph): ReadonlyMap<string, readonly string[]> {
  const { domain, rows, trouble, empty } = graph;
  const facts = new Map<string, readonly string[]>();
  facts.set(nodeKey(domain.id), [
    domain.name,
    domain.text,
    ...(empty === null ? [] : [empty.title, empty.text]),
  ]);
  for (const { host, records, chains, addresses, matches, served } of rows) {
    facts.set(nodeKey(host.id), [
      host.name,
      host.text,
      host.link === null ? '' : STATUS[host.link],
      host.ancestorFault ?? '',
      ...(trouble?.host === host.name ? [trouble.title, trouble.sentence, ...trouble.shown] : []),
    ]);
    records.forEach((record, index) => {
      const met = matches.filter((match) => match.record === index);
      facts.set(nodeKey(record.id), [
        record.text,
        record.note,
        record.link === null ? '' : STATUS[record.link],
        record.looseEnd ?? '',
        ...met.flatMap(({ label, chain, row }) => [label, chains[chain]?.rows[row]?.title ?? '']),
      ]);
    });
    chains.forEach((chain, index) => {
      const by = served.filter((edge) => edge.chain === index);
      facts.set(nodeKey(chain.id), [
        ...chain.rows.flatMap(({ title, note }) => [title, note]),
        ...by.flatMap(({ address }) => addresses[address]?.addresses ?? []),
      ]);
    });
    addresses.forEach((address, index) => {
      const of = served.filter((edge) => edge.address === index);
      facts.set(nodeKey(address.id), [
        ...address.addresses,
        address.note,
        ...of.map(({ chain }) => chains[chain]?.rows[0]?.title ?? ''),
      ]);
    });
  }
  return facts;
}

describe.each([
  ['the mock-up', degraded()],
  ['trouble of several kinds', troubled()],
  ['thirty hosts', manyHosts(30)],
  ['no host yet', [started('example.org')]],
])('every fact of the picture stands at the same thing in the outline: %s', (_, events) => {
  const lines = new Map(all(toOutline(graphOf(events))).map((item) => [item.key, item]));
  it.each([
    ['folded', FOLDED],
    ['every host singly', HOSTS_SINGLY],
  ])('%s', (_, unfolding) => {
    const facts = factsOf(graphOf(events, unfolding));
    expect(facts.size).toBeGreaterThan(0);
    for (const [key, texts] of facts) {
      const item = lines.get(key);
      for (const text of texts) expect(`${item?.text} · ${item?.note}`, key).toContain(text);
    }
  });

  it('and those of a fold by themselves', () => {
    const names = graphOf(events, FOLDED).folds.flatMap((fold) => fold.names);
    const told = all(toOutline(graphOf(events))).map(({ text }) => text);
    expect(told).toEqual(expect.arrayContaining([...names]));
  });
});

describe('the keyboard', () => {
  const none = new Set<string>();
  const lines = openLines(outline, none);
  const [root, host] = lines;
  if (root === undefined || host === undefined) throw new Error('no lines');

  it('goes down, up, to the ends, in and out', () => {
    expect(moveFor('ArrowDown', lines, root.item.key, none)).toEqual({ kind: 'go', to: host });
    expect(moveFor('ArrowUp', lines, host.item.key, none)).toEqual({ kind: 'go', to: root });
    expect(moveFor('End', lines, root.item.key, none)).toEqual({ kind: 'go', to: lines.at(-1) });
    expect(moveFor('ArrowUp', lines, root.item.key, none)).toBeNull();
    expect(moveFor('ArrowLeft', lines, host.item.key, none)).toEqual({ kind: 'close', line: host });
    const closed = new Set([host.item.key]);
    const fewer = openLines(outline, closed);
    expect(fewer).toHaveLength(lines.length - host.item.children.length);
    expect(moveFor('ArrowRight', fewer, host.item.key, closed)).toEqual({
      kind: 'open',
      line: host,
    });
    expect(moveFor('ArrowLeft', fewer, host.item.key, closed)).toEqual({ kind: 'go', to: root });
    expect(moveFor('Enter', lines, host.item.key, none)).toEqual({ kind: 'choose', line: host });
  });

  it('finds the next line that begins with what is typed, and starts again at the end', () => {
    const textOf = (line: Line | null): string | undefined => line?.item.text;
    expect(textOf(typedTo('m', lines, root.item.key))).toBe('mx1.example.org');
    expect(textOf(typedTo('mx2', lines, host.item.key))).toBe('mx2.example.org');
    expect(textOf(typedTo('MX.B', lines, root.item.key))).toBe('mx.backup.net');
    expect(textOf(typedTo('e', lines, host.item.key))).toBe('example.org');
    expect(typedTo('zzz', lines, root.item.key)).toBeNull();
  });

  it('tells level, place and number of siblings', () => {
    expect(lines.map(({ level }) => level).slice(0, 4)).toEqual([1, 2, 3, 3]);
    const hosts = lines.filter(({ level }) => level === 2);
    expect(hosts.map(({ position, siblings }) => [position, siblings])).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
  });

  it('finds only broken hosts open where there are many', () => {
    const many = toOutline(graphOf(manyHosts(30)));
    expect(closedAtFirst(many).size).toBe(30);
    expect(closedAtFirst(outline).size).toBe(0);
    const [first, ...others] = many.children;
    if (first === undefined) throw new Error('no host');
    const broken: OutlineItem = { ...first, tone: 'err' };
    expect(closedAtFirst({ ...many, children: [broken, ...others] }).has(first.key)).toBe(false);
  });
});

function all(item: OutlineItem): readonly OutlineItem[] {
  return [item, ...item.children.flatMap(all)];
}
