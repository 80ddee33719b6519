/** The store that follows a run: nothing lost before the answer to the start, nothing taken from others. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { KeptRun } from '../../../renderer/store/inspection-store.ts';
import type { StartReply } from '../../../shared/ipc/contract.ts';
import type { InspectionEvent } from '../../../shared/inspection/event.ts';
import { degraded } from './streams.ts';

type Store = typeof import('../../../renderer/store/inspection-store.ts');

let store: Store;
let tellEvent: (payload: unknown) => void;
let tellEnded: (payload: unknown) => void;
let answers: ((reply: StartReply) => void)[];
let refuseAnswer: (reason: Error) => void;
let cancelled: unknown[];

beforeEach(async () => {
  vi.resetModules();
  vi.useFakeTimers();
  answers = [];
  cancelled = [];
  vi.stubGlobal('window', {
    daneInspector: {
      startInspection: () =>
        new Promise<StartReply>((resolve, reject) => {
          answers.push(resolve);
          refuseAnswer = reject;
        }),
      cancelInspection: (run: unknown) => {
        cancelled.push(run);
        return Promise.resolve(null);
      },
      onInspectionEvent: (listener: typeof tellEvent) => {
        tellEvent = listener;
      },
      onInspectionEnded: (listener: typeof tellEnded) => {
        tellEnded = listener;
      },
    },
  });
  store = await import('../../../renderer/store/inspection-store.ts');
  store.listenToRuns();
  return () => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  };
});

describe('a run', () => {
  it('loses no event that comes before the answer to its start', async () => {
    const started = store.inspect('example.org', 'lab');
    send('r1', degraded());
    end('r1', degraded().length);
    answer({ kind: 'started', runId: 'r1', domain: 'example.org' });
    await started;
    expect(state().phase).toBe('finished');
    expect(state().report?.hosts).toHaveLength(3);
  });

  it('is painted in bundles, and completely at its end', async () => {
    await begin('r1');
    send('r1', degraded().slice(0, 4));
    expect(state().report?.hosts).toEqual([]);
    vi.advanceTimersByTime(50);
    expect(state().report?.hosts).toHaveLength(3);
    send('r1', degraded().slice(4));
    end('r1', degraded().length);
    expect(state().report?.finished).toBe(true);
  });

  it('is painted less often where painting takes long, but at least once a second', async () => {
    await begin('r1');
    let slow = 0;
    const painted = (): number | undefined => state().report?.queries;
    const tell = (queries: number): void => {
      const event = { kind: 'progress', step: '', queries, elapsedMs: 0 } as const;
      tellEvent({ runId: 'r1', sequence: queries, event });
    };
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => slow);
    tell(1);
    vi.advanceTimersByTime(40);
    expect(painted()).toBe(1);
    slow = 300;
    vi.advanceTimersByTime(1);
    tell(2);
    vi.advanceTimersByTime(599);
    expect(painted()).toBe(1);
    vi.advanceTimersByTime(1);
    expect(painted()).toBe(2);
    slow = 9000;
    vi.advanceTimersByTime(1);
    tell(3);
    vi.advanceTimersByTime(999);
    expect(painted()).toBe(2);
    vi.advanceTimersByTime(1);
    expect(painted()).toBe(3);
    clock.mockRestore();
  });

  it('keeps what its report was made of, but for progress, and forgets it with the next one', async () => {
    await begin('r1');
    send('r1', degraded());
    end('r1', degraded().length);
    expect(state().events).toEqual(degraded().filter(({ kind }) => kind !== 'progress'));
    await begin('r2');
    expect(state().events).toEqual([]);
  });

  it('takes nothing from another run', async () => {
    await begin('r1');
    send('other', degraded());
    end('other', 3);
    vi.advanceTimersByTime(50);
    expect(state()).toMatchObject({ phase: 'running', runId: 'r1' });
    expect(state().report?.hosts).toEqual([]);
  });

  it('that failed shows why, and what was learnt until then', async () => {
    await begin('r1');
    send('r1', degraded().slice(0, 4));
    tellEnded({ runId: 'r1', sequence: 4, how: 'failed', message: 'It broke.' });
    expect(state()).toMatchObject({ phase: 'failed', failure: 'It broke.' });
    expect(state().report?.hosts).toHaveLength(3);
  });

  it('is cancelled by its own name', async () => {
    await begin('r1');
    await store.cancel();
    expect(cancelled).toEqual([{ runId: 'r1' }]);
  });
});

describe('a start', () => {
  it('that is refused says why and leaves what was shown', async () => {
    await begin('r1');
    send('r1', degraded());
    end('r1', degraded().length);
    const refused = store.inspect('..', 'lab');
    answer({ kind: 'refused', message: 'That is not a domain.' });
    await refused;
    expect(state()).toMatchObject({
      phase: 'finished',
      typed: '..',
      refusal: 'That is not a domain.',
    });
    expect(state().report?.hosts).toHaveLength(3);
  });

  it('that cannot be answered is told like a refusal', async () => {
    const started = store.inspect('example.org', 'lab');
    refuseAnswer(new Error('gone'));
    await started;
    expect(state().refusal).toContain('gone');
    expect(state().phase).toBe('idle');
  });

  it('counts only when none came after it', async () => {
    const first = store.inspect('first.example', 'lab');
    const second = store.inspect('second.example', 'lab');
    answer({ kind: 'started', runId: 'r2', domain: 'second.example' }, 1);
    answer({ kind: 'started', runId: 'r1', domain: 'first.example' }, 0);
    await Promise.all([first, second]);
    expect(state()).toMatchObject({ runId: 'r2', typed: 'second.example' });
  });
});

describe('while a start is waited for', () => {
  it('Escape takes it back, leaves what was shown, and ends what begins all the same', async () => {
    await begin('r1');
    send('r1', degraded());
    end('r1', degraded().length);
    const started = store.inspect('other.example', 'lab');
    await store.cancel();
    expect(state()).toMatchObject({ phase: 'finished', runId: 'r1' });
    answer({ kind: 'started', runId: 'r2', domain: 'other.example' });
    await started;
    expect(state()).toMatchObject({
      phase: 'finished',
      runId: 'r1',
      report: { outcome: 'degraded' },
    });
    expect(cancelled).toEqual([{ runId: 'r2' }]);
  });

  it('Escape ends the run that still goes on behind it too', async () => {
    await begin('r1');
    const again = store.inspectAgain();
    await store.cancel();
    expect(cancelled).toEqual([{ runId: 'r1' }]);
    tellEnded({ runId: 'r1', sequence: 0, how: 'cancelled', message: null });
    expect(state().phase).toBe('cancelled');
    answer({ kind: 'refused', message: 'Another domain was asked for.' });
    await again;
    expect(state()).toMatchObject({ phase: 'cancelled', refusal: null });
  });

  it('the end of the run before it takes no event from the one that begins', async () => {
    await begin('r1');
    const again = store.inspectAgain();
    tellEnded({ runId: 'r1', sequence: 0, how: 'cancelled', message: null });
    expect(state().phase).toBe('starting');
    send('r2', degraded());
    end('r2', degraded().length);
    answer({ kind: 'started', runId: 'r2', domain: 'example.org' });
    await again;
    expect(state()).toMatchObject({ phase: 'finished', report: { hosts: [{}, {}, {}] } });
  });

  it('a run that ends meanwhile has ended also where the start is refused', async () => {
    await begin('r1');
    const refused = store.inspect('..', 'lab');
    send('r1', degraded());
    end('r1', degraded().length);
    answer({ kind: 'refused', message: 'That is not a domain.' });
    await refused;
    expect(state()).toMatchObject({ phase: 'finished', report: { outcome: 'degraded' } });
  });

  it('going back to the start screen takes it back', async () => {
    const started = store.inspect('example.org', 'lab');
    await store.leave();
    answer({ kind: 'started', runId: 'r1', domain: 'example.org' });
    await started;
    expect(state()).toMatchObject({ phase: 'idle', report: null, runId: null });
    expect(cancelled).toEqual([{ runId: 'r1' }]);
  });
});

describe('a kept run', () => {
  const KEPT: KeptRun = {
    ...{ domain: 'example.org', network: 'lab', events: degraded() },
    origin: { kind: 'history', at: '2026-11-24T15:03:00.000Z' },
  };

  it('is shown as one that has finished, without progress, and nobody is asked', async () => {
    await store.showRun(KEPT);
    expect(state()).toMatchObject({
      ...{ phase: 'finished', typed: 'example.org', network: 'lab', origin: KEPT.origin },
      report: { outcome: 'degraded', finished: true, hosts: [{}, {}, {}] },
    });
    expect(state().events).toEqual(degraded().filter(({ kind }) => kind !== 'progress'));
    expect(answers).toEqual([]);
  });

  it('ends the run under way, and takes nothing of it', async () => {
    await begin('r1');
    await store.showRun({ ...KEPT, domain: 'other.example', events: [] });
    expect(cancelled).toEqual([{ runId: 'r1' }]);
    send('r1', degraded());
    end('r1', degraded().length);
    vi.advanceTimersByTime(50);
    expect(state()).toMatchObject({ typed: 'other.example', report: { hosts: [] } });
  });

  it('has a name of its own each time, so that the selection of the one before is left', async () => {
    await store.showRun(KEPT);
    const first = state().runId;
    await store.showRun(KEPT);
    expect(state().runId).not.toBe(first);
  });

  it('is asked anew without a question, on the network that it was asked on', async () => {
    await store.showRun(KEPT);
    const again = store.inspectAgain();
    answer({ kind: 'started', runId: 'r2', domain: 'example.org' });
    await again;
    expect(state()).toMatchObject({ phase: 'running', network: 'lab', origin: null });
  });
});

function state() {
  return store.useInspection.getState();
}

async function begin(runId: string): Promise<void> {
  const started = store.inspect('example.org', 'lab');
  answer({ kind: 'started', runId, domain: 'example.org' });
  await started;
}

function answer(reply: StartReply, which = answers.length - 1): void {
  answers[which]?.(reply);
}

function send(runId: string, events: readonly InspectionEvent[]): void {
  events.forEach((event, sequence) => {
    tellEvent({ runId, sequence, event });
  });
}

function end(runId: string, sequence: number): void {
  tellEnded({ runId, sequence, how: 'finished', message: null });
}
