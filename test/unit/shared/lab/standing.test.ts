import { describe, expect, test } from 'vitest';
import type { Observation, SmtpStep } from '../../../../shared/lab/observation.ts';
import { SCENARIOS, type Scenario, type ScenarioId } from '../../../../shared/lab/scenario.ts';
import {
  CONNECT_MS,
  GRACE_MS,
  standingOf,
  type Standing,
} from '../../../../shared/lab/standing.ts';

const START = Date.UTC(2026, 10, 29, 12);
const SILENT_AFTER_MS = 10 * 60_000;

function scenario(id: ScenarioId): Scenario {
  const found = SCENARIOS.find((each) => each.id === id);
  if (found === undefined) throw new Error(id);
  return found;
}

const TLS: SmtpStep = {
  name: 'tls',
  version: 'TLSv1.3',
  cipher: 'TLS_AES_256_GCM_SHA384',
  serverName: null,
};
const EHLO: SmtpStep = { name: 'ehlo', greeting: 'mta.example', tls: false };
const CLOSED: SmtpStep = { name: 'closed' };
const delivered = (tls: boolean): SmtpStep => ({ name: 'delivered', alias: 'a', tls });

/** One connection, a step each 100 ms from `second` on. */
function connection(
  id: ScenarioId,
  name: string,
  host: number,
  second: number,
  steps: readonly SmtpStep[],
): readonly Observation[] {
  return steps.map((step, index) => ({
    at: START + second * 1000 + index * 100,
    scenario: id,
    seen: { kind: 'smtp', connection: name, from: '192.0.2.1', host, step },
  }));
}

function asked(id: ScenarioId, type: string, second: number): Observation {
  const name = `mx.${id}.havedane.test`;
  const from = '192.0.2.53';
  return {
    at: START + second * 1000,
    scenario: id,
    seen: { kind: 'dns', from, name, type, dnssec: true, minimised: false },
  };
}

function stand(id: ScenarioId, seen: readonly Observation[], afterMs: number): Standing {
  const span = { startedAt: START, now: START + afterMs, silentAfterMs: SILENT_AFTER_MS };
  return standingOf(scenario(id), seen, span);
}

describe('mail to wrong records', () => {
  const broken = connection('wrong', 'c1', 1, 1, [
    { name: 'connected' },
    EHLO,
    { name: 'starttls' },
    TLS,
    { name: 'quit' },
    CLOSED,
  ]);
  const leftAfterMs = 1500;

  test('kept after the certificate was seen is a refusal, ten seconds later at the latest', () => {
    expect(stand('wrong', broken, leftAfterMs + GRACE_MS - 1).phase).toBe('under-way');
    expect(stand('wrong', broken, leftAfterMs + GRACE_MS)).toMatchObject({
      phase: 'decided',
      deed: 'refused',
      worth: 'conforms',
      basis: 'seen',
    });
    expect(GRACE_MS).toBeLessThan(10_000);
  });

  test('says when time alone changes the standing', () => {
    expect(stand('wrong', broken, leftAfterMs).nextAt).toBe(START + leftAfterMs + GRACE_MS);
  });

  test('taken is unsafe, at once, and whatever happened before', () => {
    const again = connection('wrong', 'c2', 1, 3, [EHLO, TLS, delivered(true)]);
    expect(stand('wrong', [...broken, ...again], 3300)).toMatchObject({
      deed: 'delivered-tls',
      worth: 'unsafe',
    });
  });

  test('that fell back to the clear after the handshake was broken off counts as that', () => {
    const failed = connection('wrong', 'c1', 1, 1, [
      EHLO,
      { name: 'starttls' },
      { name: 'tls-failed', reason: 'alert' },
      CLOSED,
    ]);
    const clear = connection('wrong', 'c2', 1, 4, [EHLO, delivered(false), CLOSED]);
    expect(stand('wrong', [...failed, ...clear], 60_000).deed).toBe('delivered-clear');
  });

  test('is not refused while a connection is open', () => {
    const hanging = connection('wrong', 'c3', 1, 2, [{ name: 'connected' }, EHLO]);
    expect(stand('wrong', [...broken, ...hanging], 60_000).phase).toBe('under-way');
  });
});

describe('silence', () => {
  test('is no verdict, for no situation', () => {
    for (const { id } of SCENARIOS) {
      expect(stand(id, [], SILENT_AFTER_MS - 1).phase).toBe('waiting');
      const after = stand(id, [], SILENT_AFTER_MS);
      expect([id, after.phase, after.deed, after.worth]).toEqual([id, 'silent', null, null]);
    }
  });

  test('after a connection that ended before EHLO was answered is none either', () => {
    const knocked = connection('wrong', 'c1', 1, 1, [{ name: 'connected' }, CLOSED]);
    expect(stand('wrong', knocked, SILENT_AFTER_MS).phase).toBe('silent');
  });

  test('after the host was looked up, but not its records, is none', () => {
    const seen = [asked('bogus', 'MX', 1), asked('bogus', 'A', 2)];
    expect(stand('bogus', seen, SILENT_AFTER_MS).phase).toBe('silent');
  });
});

test('who looks failing records up and does not connect has refused, which is told as inferred', () => {
  const seen = [asked('servfail', 'MX', 1), asked('servfail', 'TLSA', 2)];
  expect(stand('servfail', seen, 2000 + CONNECT_MS - 1).phase).toBe('under-way');
  expect(stand('servfail', seen, 2000 + CONNECT_MS)).toMatchObject({
    deed: 'refused',
    worth: 'conforms',
    basis: 'inferred',
  });
});

test('who looks records up and does not connect has not refused wrong ones: it may be slow', () => {
  const seen = [asked('wrong', 'TLSA', 2)];
  expect(stand('wrong', seen, SILENT_AFTER_MS - 1).phase).toBe('under-way');
  expect(stand('wrong', seen, SILENT_AFTER_MS).phase).toBe('silent');
  const optional = [asked('dont', 'TLSA', 2)];
  expect(stand('dont', optional, SILENT_AFTER_MS - 1).phase).toBe('under-way');
  expect(stand('dont', optional, SILENT_AFTER_MS)).toMatchObject({
    deed: 'refused',
    worth: 'allowed',
    basis: 'inferred',
  });
});

test('a resolver that minimises shows that it wants the records by asking for the name above them', () => {
  const question = asked('dont', 'A', 2);
  if (question.seen.kind !== 'dns') throw new Error('no question');
  const above = { ...question, seen: { ...question.seen, minimised: true } };
  expect(stand('dont', [above], SILENT_AFTER_MS)).toMatchObject({ deed: 'refused' });
  expect(stand('dont', [question], SILENT_AFTER_MS).phase).toBe('silent');
});

describe('two hosts of which the first fails', () => {
  const first = connection('fallback', 'c1', 1, 1, [EHLO, TLS, CLOSED]);

  test('mail to the second is right', () => {
    const second = connection('fallback', 'c2', 2, 2, [EHLO, TLS, delivered(true)]);
    expect(stand('fallback', [...first, ...second], 2200).worth).toBe('conforms');
  });

  test('mail to the first is unsafe', () => {
    const given = connection('fallback', 'c1', 1, 1, [EHLO, TLS, delivered(true)]);
    expect(stand('fallback', given, 1200).worth).toBe('unsafe');
  });

  test('who does not go on is too strict', () => {
    expect(stand('fallback', first, 60_000).worth).toBe('too-strict');
  });
});

test('mail in the clear to a server without STARTTLS is unsafe; over TLS it cannot be', () => {
  const clear = connection('strip', 'c1', 1, 1, [EHLO, delivered(false)]);
  expect(stand('strip', clear, 1200).worth).toBe('unsafe');
  const tls = connection('strip', 'c1', 1, 1, [EHLO, delivered(true)]);
  expect(stand('strip', tls, 1200).worth).toBe('odd');
});

test('who takes injected plaintext for an answer is unsafe, even if the mail is taken over TLS', () => {
  const seen = connection('injected', 'c1', 1, 1, [
    EHLO,
    TLS,
    { name: 'injection-taken' },
    delivered(true),
  ]);
  expect(stand('injected', seen, 2000)).toMatchObject({ deed: 'fooled', worth: 'unsafe' });
});

test('one mail in the clear outweighs another over TLS', () => {
  const both = [
    ...connection('dont', 'c1', 1, 1, [EHLO, TLS, delivered(true), CLOSED]),
    ...connection('dont', 'c2', 1, 2, [EHLO, delivered(false), CLOSED]),
  ];
  expect(stand('dont', both, 5000).deed).toBe('delivered-clear');
});
