/** The order of findings, what they point at, and how many of a kind are folded. */
import { describe, expect, it } from 'vitest';
import { groupFindings } from '../../../renderer/findings/group-findings.ts';
import { nodeOfFinding } from '../../../renderer/store/finding-node.ts';
import {
  countBySeverity,
  worstFinding,
  worstFirst,
} from '../../../renderer/store/finding-order.ts';
import { emptyReport } from '../../../shared/inspection/empty-report.ts';
import type { InspectionEvent } from '../../../shared/inspection/event.ts';
import { fold } from '../../../shared/inspection/fold.ts';
import type { Report } from '../../../shared/inspection/report.ts';
import { degraded, manyHosts } from './streams.ts';

describe('the order', () => {
  const report = reportOf(degraded());

  it('puts first the error of the host whose mail is deferred', () => {
    expect(worstFinding(report)).toMatchObject({
      code: 'tlsa-mismatch',
      subject: expect.stringContaining('mx2.example.org'),
    });
  });

  it('never puts a milder finding before a worse one', () => {
    const ranks = worstFirst(report).map(({ severity }) =>
      ['error', 'warning', 'notice', 'ok'].indexOf(severity),
    );
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(ranks).toHaveLength(report.findings.length);
  });

  it('has nothing to mend first where nothing is wrong', () => {
    expect(
      worstFinding({
        ...report,
        findings: report.findings.filter(({ severity }) => severity === 'ok'),
      }),
    ).toBeNull();
  });

  it('counts every severity', () => {
    const { error, warning, notice, ok } = countBySeverity(report.findings);
    expect(error + warning + notice + ok).toBe(report.findings.length);
    expect(error).toBe(3);
  });
});

describe('what a finding points at', () => {
  const report = reportOf(degraded());
  const finding = report.findings[0];
  if (finding === undefined) throw new Error('no finding');
  const about = (subject: string, code = finding.code): unknown =>
    nodeOfFinding(report, { ...finding, code, subject, data: {} });

  it('is the host, for its name, its TLSA name and a name between', () => {
    const host = { kind: 'host', host: 'mx1.example.org' };
    expect(about('mx1.example.org')).toEqual(host);
    expect(about('_25._tcp.mx1.example.org')).toEqual(host);
    expect(about('_tcp.mx1.example.org')).toEqual(host);
  });

  it('is the record that matches nothing, for the finding about it', () => {
    expect(about('_25._tcp.mx1.example.org', 'tlsa-record-unmatched')).toEqual({
      kind: 'tlsa',
      host: 'mx1.example.org',
      index: 2,
    });
  });

  it('is the address, for an address', () => {
    expect(about('192.0.2.20')).toEqual({
      kind: 'addresses',
      host: 'mx2.example.org',
      first: '192.0.2.20',
    });
  });

  it('is the place of the records, for a host that has none', () => {
    expect(about('_25._tcp.mx.backup.net')).toEqual({ kind: 'no-tlsa', host: 'mx.backup.net' });
  });

  it('is the domain, for everything else', () => {
    expect(about('example.org')).toEqual({ kind: 'domain' });
    expect(about('org')).toEqual({ kind: 'domain' });
  });
});

describe('many of a kind', () => {
  it('shows two and folds the rest', () => {
    const report = reportOf(manyHosts(20));
    const groups = groupFindings(
      worstFirst(report).filter(({ severity }) => severity === 'notice'),
    );
    const single = groups.find(({ code }) => code.endsWith('rollover-single'));
    expect(single?.first).toHaveLength(2);
    expect(single?.more).toHaveLength(18);
  });

  it('does not fold a single one away', () => {
    const report = reportOf(manyHosts(3));
    for (const { first, more } of groupFindings(report.findings)) {
      expect(more).toEqual([]);
      expect(first.length).toBeGreaterThan(0);
    }
  });
});

function reportOf(events: readonly InspectionEvent[]): Report {
  return events.reduce(fold, emptyReport('example.org'));
}
