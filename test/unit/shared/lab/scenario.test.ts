// What each deed is worth, read from the RFCs for each thing that the look-up may find.
import { describe, expect, test } from 'vitest';
import type { Deed } from '../../../../shared/lab/deed.ts';
import { SCENARIOS, type ScenarioId } from '../../../../shared/lab/scenario.ts';

const DEEDS: readonly Deed[] = ['delivered-tls', 'delivered-clear', 'refused', 'fooled'];

/** Of the deeds in that order; undefined for what cannot come of it. */
function worthsOf(id: ScenarioId): readonly unknown[] {
  const scenario = SCENARIOS.find((each) => each.id === id);
  return DEEDS.map((deed) => scenario?.worth[deed]);
}

// RFC 7672 §2.2, “a secure TLSA RRset with at least one usable record”: any connection must be authenticated TLS, or
// mail goes to the next server or waits. §2.2.3: the records at the end of an alias count. §3.1.1, §3.1.2, §3.2.2:
// what authenticates.
describe('usable records', () => {
  test.each<ScenarioId>(['do', 'ta', 'expired', 'cname', 'fallback'])('right: %s', (id) => {
    expect(worthsOf(id)).toEqual(['conforms', 'unsafe', 'too-strict', undefined]);
  });

  test.each<ScenarioId>(['wrong', 'ta-name', 'ta-expired', 'ta-missing', 'cname-wrong'])(
    'wrong: %s',
    (id) => {
      expect(worthsOf(id)).toEqual(['unsafe', 'unsafe', 'conforms', undefined]);
    },
  );

  test('at a server without TLS', () => {
    expect(worthsOf('strip')).toEqual([undefined, 'unsafe', 'conforms', undefined]);
  });
});

// RFC 7672 §2.1.2: the server is treated as unreachable.
test.each<ScenarioId>(['bogus', 'servfail'])('a look-up that fails: %s', (id) => {
  expect(worthsOf(id)).toEqual(['unsafe', 'unsafe', 'conforms', undefined]);
});

describe('nothing but records that cannot be used', () => {
  // RFC 7672 §2.2: TLS is a MUST, “authentication is not required”. §3.1.3: what a client does with usages 0 and 1 is
  // undefined. §6: with mandatory DANE mail waits when no usable records are found.
  test('TLS is a must; to keep the mail is no fault', () => {
    expect(worthsOf('unusable')).toEqual(['conforms', 'unsafe', 'allowed', undefined]);
  });

  // RFC 7672 §2.2.3: no mail by a host that has any secure record unless TLS is negotiated.
  test('at a server without TLS', () => {
    expect(worthsOf('unusable-strip')).toEqual([undefined, 'unsafe', 'conforms', undefined]);
  });
});

// RFC 7672 §2.2: opportunistic TLS is a SHOULD, and the clear a MAY after a fault of TLS. §6: mandatory DANE waits.
test('no records', () => {
  expect(worthsOf('dont')).toEqual(['conforms', 'allowed', 'allowed', undefined]);
});

// RFC 7672 §2.2.1: a client MAY use the records of a host behind an insecure MX RRset.
test('records of a host behind an unsigned domain', () => {
  expect(worthsOf('insecure')).toEqual(['allowed', 'allowed', 'allowed', undefined]);
});

// RFC 8020 §2: a resolver SHOULD hold what is below a denied name for denied; of the client nothing is asked.
test('records below a denied name', () => {
  expect(worthsOf('ancestor')).toEqual(['allowed', 'allowed', 'allowed', undefined]);
});

// RFC 3207 §6: what was said before TLS MUST be discarded.
test('plaintext behind the 220', () => {
  expect(worthsOf('injected')).toEqual(['conforms', 'unsafe', 'conforms', 'unsafe']);
});

test('all situations are here', () => {
  expect(SCENARIOS).toHaveLength(19);
});
