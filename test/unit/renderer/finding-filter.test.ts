/** Which findings a filter lets through, and whose tickets there are for a host. */
import { beforeEach, describe, expect, it } from 'vitest';
import { placeAfter } from '../../../renderer/details/servers-keys.ts';
import {
  clearFilter,
  filterByHost,
  filterByMender,
  filterByText,
  filtered,
  filterFor,
  isFiltering,
  mendersIn,
  toggleSeverity,
  useFindingFilter,
} from '../../../renderer/store/finding-filter.ts';
import { ticketAbout, ticketsOfRun } from '../../../renderer/store/finding-ticket.ts';
import { emptyReport } from '../../../shared/inspection/empty-report.ts';
import { fold } from '../../../shared/inspection/fold.ts';
import { surveyed } from './streams-of-servers.ts';

const report = surveyed().reduce(fold, emptyReport('example.org'));
const shown = (): readonly string[] =>
  filtered(report, report.findings, useFindingFilter.getState()).map(({ code }) => code);

beforeEach(clearFilter);

describe('the filter', () => {
  it('lets everything through until something is chosen', () => {
    expect(isFiltering(useFindingFilter.getState())).toBe(false);
    filterByText('  ');
    expect(isFiltering(useFindingFilter.getState())).toBe(false);
    expect(shown()).toHaveLength(report.findings.length);
  });

  it('takes several severities for either of them, and one pressed twice for none', () => {
    toggleSeverity('error');
    const errors = shown();
    expect(errors).toContain('tlsa-mismatch');
    expect(errors).not.toContain('soa-servers-disagree');
    toggleSeverity('warning');
    expect(shown()).toEqual(expect.arrayContaining([...errors, 'soa-servers-disagree']));
    toggleSeverity('error');
    expect(shown()).not.toContain('tlsa-mismatch');
    toggleSeverity('warning');
    expect(shown()).toHaveLength(report.findings.length);
  });

  it('wants every word, in any field and case', () => {
    filterByText('MX2 certificate');
    expect(shown()).toContain('tlsa-mismatch');
    expect(shown()).not.toContain('ancestor-nxdomain');
    filterByText('AGGRESSIVE caching');
    expect(shown()).toEqual(['ancestor-denied']);
    filterByText('aggressive caching mx2.example.org');
    expect(shown()).toEqual([]);
  });

  it('knows whose a finding is, and which host it is about', () => {
    filterByMender('domain owner');
    expect(shown()).toEqual(['mta-sts-mx-mismatch']);
    filterByMender(null);
    filterByHost('mx2.example.org');
    expect(shown()).toContain('tlsa-mismatch');
    expect(shown()).not.toContain('ancestor-nxdomain');
    filterByHost('');
    expect(shown()).toContain('mta-sts-mx-mismatch');
    expect(shown()).not.toContain('tlsa-mismatch');
  });

  it('is bounded, however much is pasted', () => {
    filterByText('a'.repeat(1_000_000));
    expect(useFindingFilter.getState().text.length).toBeLessThan(1000);
  });

  it('stays for the same domain again, and goes with another', () => {
    filterFor('example.org');
    filterByMender('mail host');
    filterFor('example.org');
    expect(useFindingFilter.getState().mender).toBe('mail host');
    filterFor('example.com');
    expect(useFindingFilter.getState().mender).toBeNull();
  });

  it('offers those whose something is, and nobody only where that is so', () => {
    const all = ['mail host', 'DNS operator', 'domain owner', 'nobody'];
    expect(mendersIn(report.findings)).toEqual(all);
    const ours = report.findings.filter(
      ({ mends, severity }) => mends !== 'nobody' || severity === 'ok',
    );
    expect(mendersIn(ours)).toEqual(all.slice(0, -1));
  });
});

describe('tickets of what is selected', () => {
  it('are worked out once for a report', () => {
    expect(ticketsOfRun(report)).toBe(ticketsOfRun(report));
  });

  it('are for the host first, and for the domain the gravest', () => {
    const host = report.hosts.find(({ name }) => name === 'mx2.example.org') ?? null;
    expect(ticketAbout(report, host)?.hosts).toContain('mx2.example.org');
    expect(ticketAbout(report, null)).toBe(ticketsOfRun(report)[0]);
  });
});

describe('the keys of a grid', () => {
  const size = { rows: 8, columns: 12 };
  const from = { row: 3, column: 5 };
  it.each([
    ['ArrowLeft', false, { row: 3, column: 4 }],
    ['ArrowRight', false, { row: 3, column: 6 }],
    ['ArrowUp', false, { row: 2, column: 5 }],
    ['ArrowDown', false, { row: 4, column: 5 }],
    ['Home', false, { row: 3, column: 0 }],
    ['End', false, { row: 3, column: 11 }],
    ['Home', true, { row: 0, column: 0 }],
    ['End', true, { row: 7, column: 11 }],
    ['PageDown', false, { row: 7, column: 5 }],
    ['PageUp', false, { row: 0, column: 5 }],
    ['Enter', false, null],
    ['Tab', false, null],
  ] as const)(
    '%s (with Ctrl: %s) leads to the place that the WAI-ARIA pattern names',
    (key, ctrl, to) => {
      expect(placeAfter(key, from, size, ctrl)).toEqual(to);
    },
  );

  it('never lead out of it', () => {
    for (const key of ['ArrowLeft', 'ArrowUp', 'PageUp', 'Home']) {
      expect(placeAfter(key, { row: 0, column: 0 }, size, false)).toEqual({ row: 0, column: 0 });
    }
    for (const key of ['ArrowRight', 'ArrowDown', 'PageDown', 'End']) {
      expect(placeAfter(key, { row: 7, column: 11 }, size, false)).toEqual({ row: 7, column: 11 });
    }
  });
});
