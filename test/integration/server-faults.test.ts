// `check` against real name servers with one fault each: exactly the codes of that fault, and the address of the server that has it.
import { describe, expect, inject, test } from 'vitest';
import type { ServerKey } from '../universe/address-plan.ts';
import { SERVER_FAULT_EXPECTATIONS } from '../universe/expectations/server-faults.ts';
import { SERVER_FAULT_ZONES } from '../universe/zones/server-faults.ts';
import { check, type JsonReport } from './command-line.ts';
import { expectDomain } from './expect-domain.ts';
import { findTlsa } from './judges/minimising-unbound.ts';

const universe = inject('universe');

type Finding = JsonReport['findings'][number];

describe.concurrent('name servers: check tells of', () => {
  for (const expectation of SERVER_FAULT_EXPECTATIONS) {
    const { domain, outcome, tells, why } = expectation;
    test(`${domain}: ${outcome} (${why})`, async () => {
      const result = await check(universe, domain);
      expectDomain(result, expectation);
      if (tells.length === 0) return;

      const serious = result.report.findings.filter(
        ({ code, severity }) =>
          (severity === 'error' || severity === 'warning') &&
          !(expectation.may ?? []).some((other) => other === code),
      );
      const told = serious.map(({ code, severity, subject }) => `${severity} ${code} ${subject}`);
      const expected = tells.map(
        ({ code, severity, subject }) =>
          `${severity} ${code} ${'name' in subject ? subject.name : universe.servers[subject.server]}`,
      );
      expect(told.sort()).toEqual(expected.sort());

      for (const { code, subject, names } of tells) {
        const about = 'name' in subject ? subject.name : universe.servers[subject.server];
        const finding = serious.find((one) => one.code === code && one.subject === about);
        expect({ code, names: namedServers(finding, domain) }).toEqual({
          code,
          names: [...names].sort(),
        });
      }
    });
  }
});

/** Which of the zone's servers a finding names by address, wherever it does. */
function namedServers(finding: Finding | undefined, domain: string): readonly ServerKey[] {
  const zone = SERVER_FAULT_ZONES.find(({ name }) => name === domain);
  const text = JSON.stringify(finding);
  return Object.values(zone?.servers ?? {})
    .filter((key) =>
      new RegExp(`${universe.servers[key].replaceAll('.', '\\.')}(?!\\d)`).test(text),
    )
    .sort();
}

test('every zone with faulty name servers is asked about', () => {
  const asked = SERVER_FAULT_EXPECTATIONS.map(({ domain }) => domain);
  expect(asked.sort()).toEqual(SERVER_FAULT_ZONES.map(({ name }) => name).sort());
});

describe.concurrent('an Unbound that minimises names and keeps denials', () => {
  test('finds the record where nothing is wrong', async () => {
    const host = 'mx.right-311.test';
    const before = [[host, 'AAAA'] as const, [`_tcp.${host}`, 'A'] as const];
    expect(await findTlsa(universe, host, before)).toBe('found');
  });

  test('loses it, with proof, where an NXDOMAIN for the ancestor is proven: opportunistic', async () => {
    const host = 'mx.ancestor-nxdomain-proven.test';
    expect(await findTlsa(universe, host, [[`_tcp.${host}`, 'A']])).toBe('lost');
  });

  test('loses it where the denial of another type covers the ancestor: ancestor-denied', async () => {
    const host = 'mx.covering-elsewhere-everywhere.test';
    expect(await findTlsa(universe, host, [[host, 'AAAA']])).toBe('lost');
  });
});
