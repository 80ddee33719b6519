// `resolve` against real name servers, and two independent validators that must come to the same status (RFC 4033 §5).
import { describe, expect, inject, test } from 'vitest';
import type { Security } from '../../shared/inspection/report.ts';
import { LOOK_UPS } from '../universe/expectations/look-ups.ts';
import { resolve } from './command-line.ts';
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

    test(`${name} ${type} is ${security} to resolve, with ${rcode}`, async () => {
      const { run, lookUp } = await resolve(universe, name, type);
      expect({ security: lookUp.security, rcode: lookUp.rcode, exit: run.exit }).toEqual({
        security,
        rcode,
        exit: EXIT[security],
      });
    });
  }
});
