/** The time-line picture: lines in the order of time, bars between them, nothing outside. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOut, type TimeLineFacts } from '../../../renderer/rollover/time-line.ts';

const NOON = Date.UTC(2026, 10, 24, 12);
const HOUR = 3_600_000;

const waiting: TimeLineFacts = {
  now: NOON,
  marks: [
    { kind: 'deploy', at: NOON + HOUR, title: 'deploy', note: 'from 13:00' },
    { kind: 'publish', at: NOON - HOUR, title: 'publish', note: '11:00, done' },
    { kind: 'now', at: NOON, title: 'now', note: '12:00' },
    { kind: 'remove', at: NOON + HOUR, title: 'remove old', note: 'after deploying' },
  ],
  records: [
    { look: 'current', label: '3 1 1 aa… current', from: null, to: 'remove', row: 0 },
    { look: 'next', label: '3 1 1 bb… next', from: 'publish', to: null, row: 1 },
  ],
  served: [
    { look: 'old-key', label: 'old key', from: null, to: 'deploy', row: 0 },
    { look: 'new-key', label: 'new key', from: 'deploy', to: null, row: 0 },
  ],
  waitUntil: NOON + HOUR,
};

describe('the picture of a plan', () => {
  const line = layOut(waiting, 900);

  it('has one line for each instant, in the order of time', () => {
    expect(line.marks.map(({ titles }) => titles)).toEqual([
      ['publish'],
      ['now'],
      ['deploy', 'remove old'],
    ]);
    const places = line.marks.map(({ x }) => x);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('lets bars begin and end at their lines', () => {
    const [publish, , deploy] = line.marks;
    const [current, next] = line.records;
    const [old, fresh] = line.served;
    expect(current?.x).toBeLessThan(publish?.x ?? 0);
    expect((current?.x ?? 0) + (current?.width ?? 0)).toBe(deploy?.x);
    expect(next?.x).toBe(publish?.x);
    expect((next?.x ?? 0) + (next?.width ?? 0)).toBe(896);
    expect((old?.x ?? 0) + (old?.width ?? 0)).toBe(fresh?.x);
  });

  it('draws the wait from now to deploying, and none where there is none', () => {
    expect(line.wait?.from).toBe(line.marks[1]?.x);
    expect(line.wait?.to).toBe(line.marks[2]?.x);
    expect(layOut({ ...waiting, waitUntil: null }, 900).wait).toBeNull();
  });

  it('puts bars below one another, records above what is served', () => {
    const tops = [...line.records, ...line.served].map(({ y }) => y);
    expect(tops[0]).toBeLessThan(tops[1] ?? 0);
    expect(tops[1]).toBeLessThan(tops[2] ?? 0);
    expect(tops[2]).toBe(tops[3]);
    expect(Math.max(...tops) + 24).toBeLessThan(line.linesTo);
    expect(line.notesTop).toBeLessThan(line.height);
  });

  it('stays inside its width, whatever the instants are', () => {
    const instants = fc.array(fc.integer({ min: -1e12, max: 1e12 }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(instants, fc.integer({ min: 200, max: 2000 }), (ats, width) => {
        const kinds = ['publish', 'now', 'deploy', 'remove'] as const;
        const marks = ats.map((at, index) => ({
          kind: kinds[index] ?? 'now',
          at,
          title: 'x',
          note: 'x',
        }));
        const places = layOut({ ...waiting, marks, waitUntil: null }, width).marks;
        expect(places.every(({ x }) => x > 0 && x < width)).toBe(true);
        expect(places).toHaveLength(new Set(ats).size);
      }),
    );
  });
});
