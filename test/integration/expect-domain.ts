// Holds the report of one domain against what must be said of it.
import { expect } from 'vitest';
import type { DomainExpectation } from '../universe/expectations.ts';
import type { JsonReport, Run } from './command-line.ts';

export function expectDomain(
  { run, report }: { readonly run: Run; readonly report: JsonReport },
  expectation: DomainExpectation,
): void {
  const codes = report.findings.map(({ code }) => code);
  expect({
    exit: run.exit,
    outcome: report.outcome,
    mx: report.mx.security,
    hosts: Object.fromEntries(report.hosts.map((host) => [host.name, host.outcome])),
  }).toEqual({
    exit: expectation.exit,
    outcome: expectation.outcome,
    mx: expectation.mx ?? report.mx.security,
    hosts: expectation.hosts,
  });
  // The bounds on all work: DNS queries and wall time for a domain with few hosts.
  expect(report.queries).toBeLessThanOrEqual(200);
  expect(report.durationMs).toBeLessThanOrEqual(60_000);
  expect(codes).toEqual(expect.arrayContaining([...expectation.must]));
  expect(codes.filter((code) => expectation.mustNot.some((other) => other === code))).toEqual([]);
  const allowed: readonly string[] = [...expectation.must, ...(expectation.may ?? [])];
  const errors = report.findings.filter(({ severity }) => severity === 'error');
  expect(errors.filter(({ code }) => !allowed.includes(code))).toEqual([]);
  // Of several records each may have its finding, but nothing is said twice.
  const told = report.findings.map((finding) => JSON.stringify(finding));
  expect(told.filter((one, index) => told.indexOf(one) !== index)).toEqual([]);
  for (const [code, severity] of Object.entries(expectation.severities ?? {})) {
    expect(report.findings.filter((finding) => finding.code === code)).toEqual(
      expect.arrayContaining([expect.objectContaining({ severity })]),
    );
  }
}
