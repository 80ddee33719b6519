/**
 * The page of a public outbound test: each visitor gets recipients of their own, and sees what arrives.
 *
 * For the manual. `GET /` says what this is and has one button; it makes a test and leads to `/tests/ALIAS`, which
 * shows the recipients, the verdict and each situation, and tells what is new as it happens. Without a script the
 * page loads itself anew every five seconds (`?still` stops that); `/tests/ALIAS.json` has the same as data.
 * Nothing is written about visitors: no cookie, no log. From one network (/24, /56) 4 tests may be open and 20 kept;
 * 60 may be open in all, and an open test is never pushed out. Over the limit the answer is 429 or 503 with Retry-After.
 * Another site’s page cannot start a test through a visitor’s browser. Only plain HTTP is spoken, since nothing that
 * is told here is secret. Behind a proxy that speaks TLS all visitors count as one network, and it has to hand on `Host`.
 */
import type { Result } from '../../shared/failure.ts';
import type { Listener } from '../net/listen.ts';
import { listenForRequests, type WebLimits } from '../net/listen-web.ts';
import type { Clock, Endpoint } from '../net/network.ts';
import { systemClock } from '../net/system-clock.ts';
import { createAdmission } from './admission.ts';
import type { OutboundTest } from './outbound-test.ts';
import { steadyClock } from './steady-clock.ts';
import { answerVisitor } from './visitor-routes.ts';
import { createVisitorStarts } from './visitor-starts.ts';
import { createVisitorStreams } from './visitor-streams.ts';
import { createVisitorViews, type VisitorFacts } from './visitor-views.ts';

export interface VisitorPageOptions extends VisitorFacts {
  /** Where it listens; usually port 80. */
  readonly endpoint: Endpoint;
  /** The name under which browsers reach it, lower case; null when only by address. */
  readonly name: string | null;
  /** How long a test waits for mail: milliseconds. */
  readonly silentAfterMs: number;
  /** Other than the usual ones, for tests. */
  readonly limits?: WebLimits;
}

/** Connections at a time; browsers open six to one server. */
const CONNECTION_LIMITS = { total: 300, perNetwork: 30 };

/** `close` ends what is open at once; the test itself goes on. */
export async function openVisitorPage(
  test: OutboundTest,
  { endpoint, name, silentAfterMs, limits, ...facts }: VisitorPageOptions,
  systemTime: Clock = systemClock,
): Promise<Result<Listener>> {
  // As the test itself does: its times are compared with ours.
  const clock = steadyClock(systemTime);
  const views = createVisitorViews(test, facts, clock);
  const starts = createVisitorStarts(test, clock);
  const streams = createVisitorStreams(test, views, clock);
  const count = new Set(test.hosts.map(({ scenario }) => scenario)).size;
  const { version } = facts;
  const offer = { base: test.base, version, count, waitsMs: silentAfterMs };
  const admission = createAdmission(CONNECTION_LIMITS, () => clock.monotonic());
  const opened = await listenForRequests(
    endpoint,
    {
      admit: (address, drop) => admission.admit(address, drop),
      answer: (request) => answerVisitor(request, { offer, name, views, starts, streams }),
    },
    limits,
  );
  if (!opened.ok) {
    streams.close();
    return opened;
  }
  const { value: listener } = opened;
  const close = async (): Promise<void> => {
    streams.close();
    await listener.close();
  };
  return { ok: true, value: { endpoint: listener.endpoint, close } };
}
