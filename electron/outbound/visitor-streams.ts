/** Tells the pages of tests that are open what has changed, as it happens (HTML Living Standard, Server-sent events). */
import type { WebStream } from '../net/listen-web.ts';
import type { Clock } from '../net/network.ts';
import { createAdmission } from './admission.ts';
import type { OutboundTest } from './outbound-test.ts';
import type { VisitorView, VisitorViews } from './visitor-views.ts';

export interface VisitorStreams {
  /** Null for one too many; the page then asks from time to time. The place is to be taken at once. */
  admit(address: string): VisitorPlace | null;
  close(): void;
}

export type VisitorPlace = (alias: string, stream: WebStream) => void;

/** Pages that are told at a time; a browser opens few connections to one server, and people open several pages. */
export const STREAM_LIMITS = { total: 100, perNetwork: 8 };
/** Milliseconds between two looks at what has changed. */
export const LOOK_MS = 500;
/** Milliseconds after which time alone may have decided something. */
const TIME_TELLS_MS = 2000;
/** Of all its time it looks for no more than a fifth. */
const REST_FACTOR = 4;
/** Milliseconds without a word after which a line is sent that says nothing: whoever has gone is noticed so. */
const HEARTBEAT_MS = 15_000;
/** Milliseconds after which a stream is ended; the browser begins another. */
const MAX_STREAM_MS = 30 * 60_000;
/** Milliseconds after which a browser comes back. */
const RETRY_MS = 3000;

interface Open {
  readonly alias: string;
  readonly stream: WebStream;
  readonly since: number;
  /** Markup by part, as it was sent last. */
  readonly sent: Map<string, string>;
  saidAt: number;
}

export function createVisitorStreams(
  test: Pick<OutboundTest, 'onChange'>,
  views: VisitorViews,
  clock: Clock,
): VisitorStreams {
  const admission = createAdmission(STREAM_LIMITS, () => clock.monotonic());
  const open = new Set<Open>();
  let changed = false;
  let lookedAt = clock.monotonic();
  let stopTimer: (() => void) | null = null;
  const stopListening = test.onChange(() => {
    changed = true;
  });

  const look = (): void => {
    const begunAt = clock.monotonic();
    if (changed || begunAt - lookedAt >= TIME_TELLS_MS) {
      changed = false;
      lookedAt = begunAt;
      for (const each of open) tellOrEnd(each, views, begunAt);
    }
    for (const each of open) keepUp(each, begunAt);
    stopTimer = null;
    lookLater(Math.max(LOOK_MS, REST_FACTOR * (clock.monotonic() - begunAt)));
  };
  const lookLater = (ms: number): void => {
    if (open.size > 0) stopTimer ??= clock.setTimer(ms, look);
  };

  return {
    admit(address) {
      let own: Open | null = null;
      // Whose browser has most of them is told from time to time instead, as soon as it comes back.
      const leave = admission.admit(address, () => own?.stream.end());
      if (leave === null) return null;
      return (alias, stream) => {
        const now = clock.monotonic();
        const begun: Open = { alias, stream, since: now, sent: new Map(), saidAt: now };
        own = begun;
        open.add(begun);
        stream.onEnd(() => {
          open.delete(begun);
          leave();
        });
        stream.send(`retry: ${RETRY_MS}\n\n`);
        tellOrEnd(begun, views, now);
        lookLater(LOOK_MS);
      };
    },
    close() {
      stopListening();
      stopTimer?.();
      for (const { stream } of open) stream.end();
      open.clear();
    },
  };
}

/** As `answerVisitor`: whatever one test brings to light, the others’ go on. The browser comes back, and is told then. */
function tellOrEnd(open: Open, views: VisitorViews, now: number): void {
  try {
    tell(open, views.read(open.alias), now);
  } catch {
    open.stream.end();
  }
}

function tell(open: Open, view: VisitorView | null, now: number): void {
  if (view !== null) {
    const news = view.parts().filter(({ id, markup }) => open.sent.get(id) !== markup);
    for (const { id, markup } of news) open.sent.set(id, markup);
    if (news.length > 0) {
      open.saidAt = now;
      open.stream.send(eventOf('parts', news.map(({ markup }) => markup).join('\n')));
    }
  }
  if (view?.isFinal === false) return;
  // Final, or deleted: there is nothing more to wait for.
  open.stream.send(eventOf('over', ''));
  open.stream.end();
}

/** A field ends with its line, so that each line of the data is one (carriage returns are none of ours). */
function eventOf(name: string, data: string): string {
  const lines = data.split('\n').map((line) => `data: ${line}\n`);
  return `event: ${name}\n${lines.join('')}\n`;
}

function keepUp(open: Open, now: number): void {
  if (now - open.since >= MAX_STREAM_MS) open.stream.end();
  else if (now - open.saidAt >= HEARTBEAT_MS) {
    open.saidAt = now;
    open.stream.send(':\n\n');
  }
}
