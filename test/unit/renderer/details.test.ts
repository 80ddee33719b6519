/** The explanation of an ancestor's answer and the time line of signatures. */
import { describe, expect, it } from 'vitest';
import { explain } from '../../../renderer/details/ancestor-words.ts';
import { timeLine } from '../../../renderer/details/validity.ts';
import { presentedChains } from '../../../shared/inspection/presented-chains.ts';
import { emptyReport } from '../../../shared/inspection/empty-report.ts';
import { fold } from '../../../shared/inspection/fold.ts';
import { degraded } from './streams.ts';

const report = degraded().reduce(fold, emptyReport('example.org'));
const [host] = report.hosts;
if (host === undefined) throw new Error('no host');

describe('the explanation of a cell', () => {
  const cell = host.ancestors.find(({ fault }) => fault !== null);
  if (cell === undefined) throw new Error('no fault');

  it('tells a proven NXDOMAIN from one without proof', () => {
    expect(explain(cell).headline).toContain('and proves it');
    expect(explain({ ...cell, proven: false }).headline).not.toContain('proves');
  });

  it.each([
    'ancestor-nxdomain',
    'ancestor-denied',
    'ancestor-bogus',
    'ancestor-lookup-failed',
    null,
  ] as const)('says something of %s, and names the server', (fault) => {
    const { headline, paragraphs } = explain({ ...cell, fault });
    expect(headline).toContain(cell.address);
    expect(paragraphs.length).toBeGreaterThan(0);
  });
});

describe('validity periods', () => {
  const at = '2026-11-24T00:00:00Z';

  it('lie on one line with the present', () => {
    const { periods, now, first, last } = timeLine(
      [
        { from: '2026-11-14T00:00:00Z', until: '2026-12-04T00:00:00Z' },
        { from: '2026-11-19T00:00:00Z', until: '2026-11-29T00:00:00Z' },
      ],
      at,
    );
    expect(now).toBeCloseTo(0.5);
    expect(periods[1]?.from).toBeGreaterThan(periods[0]?.from ?? 1);
    expect(periods.every((period) => period?.holds === true)).toBe(true);
    expect([first < '2026-11-14', last > '2026-12-04']).toEqual([true, true]);
  });

  it('say when the present is outside', () => {
    const span = { from: '2026-10-01T00:00:00Z', until: '2026-11-20T00:00:00Z' };
    expect(timeLine([span], at).periods[0]?.holds).toBe(false);
  });

  it('are none where there is none, or none that can be read', () => {
    expect(timeLine([null, { from: 'soon', until: 'later' }], at).periods).toEqual([null, null]);
  });
});

it('addresses with the same certificates in the same order share a chain', () => {
  expect(presentedChains(host).map(({ addresses }) => addresses)).toEqual([
    ['192.0.2.10', '2001:db8::10'],
  ]);
});
