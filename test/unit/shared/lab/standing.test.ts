import { describe, expect, test } from 'vitest';
import type { Observation, SmtpStep } from '../../../../shared/lab/observation.ts';
import { SCENARIOS, type Scenario, type ScenarioId } from '../../../../shared/lab/scenario.ts';
import {
  CONNECT_MS,
  GRACE_MS,
  LONGEST_CONNECT_MS,
  LONGEST_GRACE_MS,
} from '../../../../shared/lab/refusal.ts';
import { standingOf, type Standing } from '../../../../shared/lab/standing.ts';
import { deedSentence } from '../../../../shared/lab/words.ts';

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
const CUT_OFF: SmtpStep = { name: 'closed', cutOff: true };
const MAIL: SmtpStep = { name: 'mail', tls: true };
const RECIPIENT: SmtpStep = { name: 'recipient', alias: 'a', tls: true };
const delivered = (tls: boolean): SmtpStep => ({ name: 'delivered', alias: 'a', tls });

/** One connection, a step each 100 ms from `second` on. */
function connection(
  id: ScenarioId,
  name: string,
  host: number,
  second: number,
  steps: readonly SmtpStep[],
  from = '192.0.2.1',
): readonly Observation[] {
  return steps.map((step, index) => ({
    at: START + second * 1000 + index * 100,
    scenario: id,
    seen: { kind: 'smtp', connection: name, from, host, step },
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

  test('is not refused while its first connection is open', () => {
    const hanging = connection('wrong', 'c3', 1, 2, [{ name: 'connected' }, EHLO]);
    expect(stand('wrong', hanging, 60_000).phase).toBe('under-way');
  });

  describe('is a refusal within ten seconds of the first attempt that was broken off,', () => {
    // The last step of `broken` is at 1.5 s.
    const latest = leftAfterMs + LONGEST_GRACE_MS;
    const again = (second: number, from: string, ...more: readonly SmtpStep[]) =>
      connection('wrong', `at ${second}`, 1, second, [{ name: 'connected' }, EHLO, ...more], from);

    test('as the time is given', () => expect(LONGEST_GRACE_MS).toBeLessThan(10_000));

    test.each([
      ['a stranger keeps a connection open', [again(2, '198.51.100.1')]],
      ['a stranger begins a mail', [again(2, '198.51.100.1', MAIL)]],
      ['a stranger comes and goes', [2, 4, 6, 8].map((at) => again(at, '198.51.100.1', CLOSED))],
    ])('though %s: as if it had not', (_, more) => {
      const seen = [...broken, ...more.flat()];
      const certain = leftAfterMs + GRACE_MS;
      expect(stand('wrong', seen, certain - 1)).toMatchObject({
        phase: 'under-way',
        nextAt: START + certain,
      });
      expect(stand('wrong', seen, certain)).toMatchObject({ deed: 'refused', basis: 'seen' });
    });

    test.each([
      ['keeps a connection open', [again(2, '192.0.2.1')]],
      ['comes and goes', [2, 4, 6, 8].map((at) => again(at, '192.0.2.1', CLOSED))],
    ])('though somebody at its own address %s', (_, more) => {
      const seen = [...broken, ...more.flat()];
      expect(stand('wrong', seen, latest - 1)).toMatchObject({
        phase: 'under-way',
        nextAt: START + latest,
      });
      expect(stand('wrong', seen, latest)).toMatchObject({ deed: 'refused', basis: 'seen' });
    });

    test('as soon as with one, where two left in the same moment', () => {
      const twin = broken.map((each): Observation => {
        if (each.seen.kind !== 'smtp') return each;
        return { ...each, seen: { ...each.seen, connection: 'twin' } };
      });
      const certain = leftAfterMs + GRACE_MS;
      expect(stand('wrong', [...broken, ...twin], certain - 1).phase).toBe('under-way');
      expect(stand('wrong', [...broken, ...twin], certain).phase).toBe('decided');
    });

    test('and stays one while it tries again', () => {
      const certain = leftAfterMs + GRACE_MS;
      const retries = [7, 8, 300].flatMap((at) => again(at, '192.0.2.1', TLS, CLOSED));
      const open = again(600, '192.0.2.1', TLS);
      const all = [...broken, ...retries, ...open];
      for (let now = certain; now < 601_000; now += 100) {
        const seen = all.filter(({ at }) => at <= START + now);
        const { phase, deed } = stand('wrong', seen, now);
        expect([now, phase, deed]).toEqual([now, 'decided', 'refused']);
      }
    });

    test('and none any more once the mail comes', () => {
      const late = connection('wrong', 'late', 1, 40, [
        EHLO,
        TLS,
        MAIL,
        RECIPIENT,
        delivered(true),
      ]);
      expect(stand('wrong', [...broken, ...late], 41_000).deed).toBe('delivered-tls');
    });
  });

  describe('that was begun, and never given whole, proves nothing:', () => {
    test.each([
      ['larger than is taken', [EHLO, TLS, EHLO, MAIL, CLOSED]],
      ['broken off in the middle', [EHLO, TLS, EHLO, MAIL, RECIPIENT, CLOSED]],
      ['cut off by the test', [EHLO, TLS, EHLO, MAIL, RECIPIENT, CUT_OFF]],
    ] satisfies readonly [string, readonly SmtpStep[]][])('%s', (_, steps) => {
      const seen = connection('wrong', 'c1', 1, 1, steps);
      expect(stand('wrong', seen, SILENT_AFTER_MS - 1).phase).toBe('under-way');
      const after = stand('wrong', seen, SILENT_AFTER_MS);
      expect(after).toMatchObject({ phase: 'silent', deed: null, nextAt: null });
      expect(deedSentence(after)).toContain('did not finish');
    });
  });

  test('of a sender that hangs until the test cuts it off proves nothing', () => {
    const seen = connection('wrong', 'c1', 1, 1, [EHLO, { name: 'starttls' }, TLS, CUT_OFF]);
    const after = stand('wrong', seen, SILENT_AFTER_MS);
    expect(after).toMatchObject({ phase: 'silent', deed: null });
    expect(deedSentence(after)).toContain('without a word');
  });
});

describe('who leaves before TLS, where it is offered, has not refused:', () => {
  const probe = (id: ScenarioId) =>
    connection(id, 'c1', 1, 1, [{ name: 'connected' }, EHLO, { name: 'quit' }, CLOSED]);

  test.each(SCENARIOS.filter(({ refusal }) => refusal === 'in-session').map(({ id }) => id))(
    '%s',
    (id) => {
      const after = stand(id, probe(id), SILENT_AFTER_MS);
      const isThere = id === 'strip' || id === 'unusable-strip';
      expect([after.phase, deedSentence(after)]).toEqual(
        isThere
          ? ['decided', 'Found no STARTTLS, and left without giving the mail.']
          : [
              'silent',
              'It came, and left before it had seen what counts here. That is no verdict.',
            ],
      );
    },
  );

  test('what was looked up in vain is known before TLS', () => {
    const after = stand('bogus', probe('bogus'), SILENT_AFTER_MS);
    expect(after).toMatchObject({ deed: 'refused', basis: 'seen' });
    expect(deedSentence(after)).toBe('Left before TLS, without giving the mail.');
  });
});

test('who names the recipient from another address was not kept from it either', () => {
  const probe = connection('wrong', 'c1', 1, 1, [EHLO, { name: 'starttls' }, TLS, CLOSED]);
  const mail = connection('wrong', 'c2', 1, 2, [EHLO, TLS, MAIL, RECIPIENT], '192.0.2.77');
  expect(stand('wrong', [...probe, ...mail], 60_000)).toMatchObject({
    phase: 'under-way',
    deed: null,
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

describe('whoever goes on asking, or connects without a word, puts off nothing:', () => {
  const forEver = Array.from({ length: 60 }, (_, index) =>
    asked('servfail', 'TLSA', 2 + index * 10),
  );
  const knocked = connection('servfail', 'c1', 1, 3, [{ name: 'connected' }], '198.51.100.1');
  const open = connection('servfail', 'c2', 1, 3, [EHLO, MAIL], '198.51.100.1');

  test.each([
    ['questions', forEver, 2000 + LONGEST_CONNECT_MS],
    ['a connection', [asked('servfail', 'TLSA', 2), ...knocked], 2000 + CONNECT_MS],
    [
      'a connection that says EHLO',
      [asked('servfail', 'TLSA', 2), ...open],
      2000 + LONGEST_CONNECT_MS,
    ],
  ])('%s', (_, seen, certain) => {
    const known = seen.filter(({ at }) => at <= START + certain);
    expect(stand('servfail', known, certain - 1).phase).toBe('under-way');
    expect(stand('servfail', known, certain)).toMatchObject({ deed: 'refused', basis: 'inferred' });
  });

  test('who named the recipient came after all', () => {
    const came = connection('servfail', 'c2', 1, 3, [EHLO, MAIL, RECIPIENT, CLOSED]);
    const seen = [asked('servfail', 'TLSA', 2), ...came];
    expect(stand('servfail', seen, SILENT_AFTER_MS)).toMatchObject({ phase: 'silent', deed: null });
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

  test('mail to both is unsafe, whichever had it first', () => {
    const second = connection('fallback', 'c2', 2, 2, [EHLO, TLS, delivered(true), CLOSED]);
    const given = connection('fallback', 'c3', 1, 9, [EHLO, TLS, delivered(true)]);
    expect(stand('fallback', [...second, ...given], 10_000).worth).toBe('unsafe');
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

test('who names no recipient cannot make a sender look fooled', () => {
  const forged = connection('injected', 'c1', 1, 1, [EHLO, TLS, { name: 'injection-taken' }, MAIL]);
  expect(stand('injected', forged, 2000)).toMatchObject({ phase: 'under-way', deed: null });
  const named = connection('injected', 'c1', 1, 1, [
    ...[EHLO, TLS, { name: 'injection-taken' } as const, MAIL, RECIPIENT],
  ]);
  expect(stand('injected', named, 2000)).toMatchObject({ deed: 'fooled' });
});

test('one mail in the clear outweighs another over TLS', () => {
  const both = [
    ...connection('dont', 'c1', 1, 1, [EHLO, TLS, delivered(true), CLOSED]),
    ...connection('dont', 'c2', 1, 2, [EHLO, delivered(false), CLOSED]),
  ];
  expect(stand('dont', both, 5000).deed).toBe('delivered-clear');
});
