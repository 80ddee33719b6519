// `resolve` against real name servers, and two independent validators that must come to the same status (RFC 4033 §5).
import { describe, expect, inject, test } from 'vitest';
import type { Security } from '../../shared/inspection/report.ts';
import { LOOK_UPS } from '../universe/expectations/look-ups.ts';
import { resolve } from './command-line.ts';
import { answersByDig, comparable } from './judges/dig.ts';
import { judgeWithDelv } from './judges/delv.ts';
import { judgeWithUnbound } from './judges/unbound-host.ts';

const universe = inject('universe');

const EXIT: Readonly<Record<Security, number>> = {
  secure: 0,
  insecure: 0,
  bogus: 2,
  indeterminate: 3,
};

describe.concurrent('a look-up of', () => {
  for (const { name, type, security, rcode, unlike } of LOOK_UPS.filter(
    ({ needs }) => universe.ipv6 || needs !== 'ipv6',
  )) {
    test(`${name} ${type} is ${security} to delv and to Unbound`, async () => {
      const [delv, unbound] = await Promise.all([
        judgeWithDelv(universe, name, type),
        judgeWithUnbound(universe, name, type),
      ]);
      // A judge that differs for a known reason must differ, or the reason is out of date.
      expect(delv === security).toBe(unlike?.delv === undefined);
      expect(unbound === security).toBe(unlike?.unbound === undefined);
    });

    test(`${name} ${type} is ${security} to resolve, with ${rcode} and the records that dig gets`, async () => {
      const [{ run, lookUp }, dig] = await Promise.all([
        resolve(universe, name, type),
        answersByDig(universe, name, type),
      ]);
      expect({ security: lookUp.security, rcode: lookUp.rcode, exit: run.exit }).toEqual({
        security,
        rcode,
        exit: EXIT[security],
      });
      // Of a bogus answer nothing is shown, and of a loop no two programs show the same.
      if (rcode === 'SERVFAIL') return;
      const ours = lookUp.answers.map(comparable);
      expect(ours.sort(byContent)).toEqual([...dig].sort(byContent));
    });
  }
});

function byContent(one: object, other: object): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}

test('a signature is told to the second, as RRSIG holds it (RFC 4034 §3.1.5)', async () => {
  const { lookUp } = await resolve(universe, 'right-311.test', 'MX');
  const times = JSON.stringify(lookUp.chain).match(/"(inception|expiration)":"[^"]*"/g) ?? [];
  expect(times.length).toBeGreaterThan(0);
  expect(times.filter((time) => /\.\d*[1-9]\d*Z/.test(time))).toEqual([]);
});

test('a look-up from another recursive resolver validates the same answers itself', async () => {
  const resolver = ['--resolver', `${universe.recursive}#${universe.dnsPort}`];
  for (const [name, type, security] of [
    ['right-311.test', 'MX', 'secure'],
    ['bogus-mx.test', 'MX', 'bogus'],
    ['unsigned.test', 'MX', 'insecure'],
    ['missing.nsec3.test', 'A', 'secure'],
    ['x.y.wild.records.test', 'TXT', 'secure'],
  ] as const) {
    const { lookUp } = await resolve(universe, name, type, resolver);
    expect({ name, security: lookUp.security }).toEqual({ name, security });
  }
});
