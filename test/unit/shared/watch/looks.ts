// Looks at one domain as the tests need them, and what became of a row of them.
import type { DomainOutcome } from '../../../../shared/inspection/report.ts';
import type { Deadline } from '../../../../shared/outlook/deadline.ts';
import type { Look } from '../../../../shared/watch/look.ts';
import { takeLook, type Taken } from '../../../../shared/watch/take-look.ts';
import { newlyWatched } from '../../../../shared/watch/watched.ts';

export const DAY = 86_400_000;
/** 24 November 2026, noon. */
export const NOON = Date.parse('2026-11-24T12:00:00.000Z');

type Seen = Extract<Look, { readonly kind: 'seen' }>;

export function seen(outcome: DomainOutcome, more: Partial<Seen> = {}): Look {
  const passing = outcome === 'unknown';
  return { kind: 'seen', at: NOON, outcome, passing, summary: 'So it is.', deadlines: [], ...more };
}

export function failed(reason = 'No network.'): Look {
  return { kind: 'failed', at: NOON, reason, everywhere: true };
}

/** Of a certificate that lives for ninety days, ending so many days after noon. */
export function certificateEnd(days: number, more: Partial<Deadline> = {}): Deadline {
  return {
    key: 'certificate cc',
    kind: 'certificate',
    weight: 'stops',
    from: NOON + (days - 90) * DAY,
    at: NOON + days * DAY,
    what: 'Certificate of mx.example.org',
    consequence: 'Senders defer.',
    mends: 'mail host',
    reference: 'RFC 7671 §5.2',
    parts: [],
    ...more,
  };
}

/** What is told at each of these looks, in turn. */
export function toldAt(looks: readonly Look[], expiryDays = 14): readonly (readonly string[])[] {
  return followed(looks, expiryDays).map(({ news }) => news.map(({ text }) => text));
}

export function followed(looks: readonly Look[], expiryDays = 14): readonly Taken[] {
  let watched = newlyWatched('example.org', NOON);
  return looks.map((look) => {
    const taken = takeLook(watched, look, expiryDays);
    watched = taken.watched;
    return taken;
  });
}
