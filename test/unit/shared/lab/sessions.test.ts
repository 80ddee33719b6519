import { expect, test } from 'vitest';
import type { Observation, SmtpStep } from '../../../../shared/lab/observation.ts';
import { sessionsOf } from '../../../../shared/lab/sessions.ts';

function seen(connection: string, at: number, step: SmtpStep): Observation {
  return {
    ...{ at, scenario: 'wrong' },
    seen: { kind: 'smtp', connection, from: '192.0.2.1', host: 1, step },
  };
}

const EHLO: SmtpStep = { name: 'ehlo', greeting: 'mta.example', tls: false };

test('the steps of each connection are put together, in the order in which the connections began', () => {
  const sessions = sessionsOf([
    seen('a', 1, { name: 'connected' }),
    seen('b', 2, { name: 'connected' }),
    seen('a', 3, EHLO),
    seen('b', 4, { name: 'closed', cutOff: true }),
    seen('a', 5, { name: 'closed' }),
  ]);
  expect(
    sessions.map(({ connection, startedAt, lastAt, steps, end }) => [
      ...[connection, startedAt, lastAt, steps.map(({ name }) => name).join(' '), end],
    ]),
  ).toEqual([
    ['a', 1, 5, 'connected ehlo closed', 'left'],
    ['b', 2, 4, 'connected closed', 'cut-off'],
  ]);
});

// With work that grows by the square this would take minutes, and not milliseconds.
test('a connection that says the same without end costs no more than as many short ones', () => {
  const count = 200_000;
  const [session, ...others] = sessionsOf(
    Array.from({ length: count }, (_, at) => seen('a', at, EHLO)),
  );
  expect(others).toEqual([]);
  expect(session?.steps).toHaveLength(count);
});
