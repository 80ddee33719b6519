/** The stores of kept runs: what is compared with what, and what becomes of a run that is opened or deleted. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { InspectionEvent } from '../../../shared/inspection/event.ts';
import type { StartReply } from '../../../shared/ipc/contract.ts';
import type { HistoryEntry, HistoryList, HistoryReply } from '../../../shared/ipc/history.ts';
import { degraded, manyHosts } from './streams.ts';

type Inspection = typeof import('../../../renderer/store/inspection-store.ts');
type Comparison = typeof import('../../../renderer/store/history-comparison.ts');
type History = typeof import('../../../renderer/store/history-store.ts');

let inspection: Inspection;
let comparison: Comparison;
let history: History;
let tellEvent: (payload: unknown) => void;
let tellEnded: (payload: unknown) => void;
let started: (reply: StartReply) => void;
let runs: Record<string, HistoryReply>;
let list: HistoryList;
let deleted: unknown[];
let held: ((release: () => void) => void) | null;

function entry(id: string, domain = 'example.org', day = 24): HistoryEntry {
  return {
    ...{ id, domain, network: 'lab', at: `2026-11-${day}T15:03:00.000Z`, outcome: 'degraded' },
    ...{ durationMs: 1320, errors: 1, warnings: 2, ownTrust: false },
  };
}

function opened(id: string, events: readonly InspectionEvent[], day = 24): HistoryReply {
  const kept = events
    .filter(({ kind }) => kind !== 'progress')
    .map((event) =>
      event.kind === 'started' ? { ...event, at: `2026-11-${day}T15:03:00.000Z` } : event,
    );
  return { kind: 'opened', entry: entry(id, 'example.org', day), events: kept };
}

beforeEach(async () => {
  vi.resetModules();
  vi.useFakeTimers();
  deleted = [];
  held = null;
  list = { entries: [entry('b', 'example.org', 25), entry('a')], problems: [] };
  runs = { a: opened('a', degraded()), b: opened('b', manyHosts(3), 25) };
  vi.stubGlobal('window', {
    daneInspector: {
      startInspection: () =>
        new Promise<StartReply>((resolve) => {
          started = resolve;
        }),
      cancelInspection: () => Promise.resolve(null),
      onInspectionEvent: (listener: typeof tellEvent) => {
        tellEvent = listener;
      },
      onInspectionEnded: (listener: typeof tellEnded) => {
        tellEnded = listener;
      },
      listHistory: () => Promise.resolve(list),
      openHistory: async ({ id }: { readonly id: string }) => {
        await new Promise<void>((resolve) => {
          if (held === null) resolve();
          else held(resolve);
        });
        return runs[id] ?? { kind: 'refused', message: 'It is damaged.' };
      },
      deleteHistory: (run: { readonly id: string } | null) => {
        deleted.push(run);
        const entries = run === null ? [] : list.entries.filter(({ id }) => id !== run.id);
        list = { ...list, entries };
        return Promise.resolve(list);
      },
    },
  });
  inspection = await import('../../../renderer/store/inspection-store.ts');
  comparison = await import('../../../renderer/store/history-comparison.ts');
  history = await import('../../../renderer/store/history-store.ts');
  inspection.listenToRuns();
  comparison.listenForComparison();
  return () => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  };
});

const shown = () => inspection.useInspection.getState();
const compared = () => comparison.useComparison.getState();

async function run(
  runId: string,
  events: readonly InspectionEvent[],
  { domain = 'example.org', how = 'finished' } = {},
): Promise<void> {
  const asked = inspection.inspect(domain, 'lab');
  started({ kind: 'started', runId, domain });
  await asked;
  events.forEach((event, sequence) => {
    tellEvent({ runId, sequence, event });
  });
  tellEnded({ runId, sequence: events.length, how, message: null });
}

const withoutHost = (): readonly InspectionEvent[] =>
  degraded().map((event) =>
    event.kind === 'mx'
      ? { ...event, mx: { ...event.mx, records: event.mx.records.slice(0, 2) } }
      : event,
  );

describe('asking the same domain again', () => {
  it('keeps what was shown, and tells what changed when it has finished', async () => {
    await run('r1', degraded());
    expect(compared().before).toBeNull();
    const first = shown().report;
    const again = inspection.inspectAgain();
    started({ kind: 'started', runId: 'r2', domain: 'example.org' });
    await again;
    expect(compared()).toMatchObject({ before: first, changes: null });
    withoutHost().forEach((event, sequence) => {
      tellEvent({ runId: 'r2', sequence, event });
    });
    vi.advanceTimersByTime(100);
    expect(compared().changes).toBeNull();
    tellEnded({ runId: 'r2', sequence: 99, how: 'finished', message: null });
    expect(compared().changes?.list).toContainEqual({
      ...{ kind: 'host', host: 'mx.backup.net', what: 'gone' },
    });
  });

  it('finds nothing where nothing changed', async () => {
    await run('r1', degraded());
    await run('r2', degraded());
    expect(compared().changes?.list).toEqual([]);
  });

  it('compares with the last one that finished, where one was cancelled', async () => {
    await run('r1', degraded());
    const first = shown().report;
    await run('r2', degraded().slice(0, 5), { how: 'cancelled' });
    expect(compared()).toMatchObject({ before: first, changes: null });
    await run('r3', withoutHost());
    expect(compared().before).toBe(first);
    expect(compared().changes?.list.length).toBeGreaterThan(0);
  });

  it('compares another domain with nothing', async () => {
    await run('r1', degraded());
    await run('r2', degraded(), { domain: 'other.example' });
    expect(compared()).toMatchObject({ before: null, previous: null, changes: null });
  });

  it('compares nothing of another network', async () => {
    await run('r1', degraded());
    inspection.leaveLab();
    inspection.useInspection.setState({ network: 'internet' });
    const asked = inspection.inspect('example.org', 'lab');
    started({ kind: 'started', runId: 'r2', domain: 'example.org' });
    await asked;
    expect(compared().before).toBeNull();
  });

  it('stops comparing when the person wants so', async () => {
    await run('r1', degraded());
    await run('r2', withoutHost());
    comparison.stopComparing();
    expect(compared()).toMatchObject({ before: null, changes: null });
    comparison.compareWithPrevious();
    expect(compared().changes?.list.length).toBeGreaterThan(0);
  });
});

describe('a kept run', () => {
  it('is opened in place of what is shown, and compared with nothing', async () => {
    await run('r1', degraded());
    history.showHistory(true);
    await history.openRun('a');
    expect(shown()).toMatchObject({
      ...{ phase: 'finished', origin: { kind: 'history', at: '2026-11-24T15:03:00.000Z' } },
      report: { domain: 'example.org', outcome: 'degraded' },
    });
    expect(compared().before).toBeNull();
    expect(history.useHistory.getState().isOpen).toBe(false);
  });

  it('is what its domain is compared with when it is asked anew', async () => {
    await history.openRun('a');
    const kept = shown().report;
    await run('r2', withoutHost());
    expect(compared().before).toBe(kept);
    expect(compared().changes?.list.length).toBeGreaterThan(0);
  });

  it('that cannot be opened is told, and what is shown stays', async () => {
    await run('r1', degraded());
    history.showHistory(true);
    await history.openRun('gone');
    expect(history.useHistory.getState()).toMatchObject({
      ...{ isOpen: true, failure: 'It is damaged.' },
    });
    expect(shown()).toMatchObject({ runId: 'r1', origin: null });
  });

  it('opened last is the one that is shown', async () => {
    const waiting: (() => void)[] = [];
    held = (release) => waiting.push(release);
    const first = history.openRun('a');
    const second = history.openRun('b');
    waiting.reverse().forEach((release) => {
      release();
    });
    await Promise.all([first, second]);
    expect(shown().report?.hosts.map(({ name }) => name)).toContain('mx3.example.org');
  });

  it('gives way to a domain that is asked about while it is read', async () => {
    let release: () => void = () => undefined;
    held = (resolve) => {
      release = resolve;
    };
    const opening = history.openRun('b');
    await run('r1', degraded());
    release();
    await opening;
    expect(shown()).toMatchObject({ runId: 'r1', origin: null });
  });

  it('is compared with another one: the newer is shown', async () => {
    await history.compareRuns('a', 'b');
    expect(shown().origin).toEqual({ kind: 'history', at: '2026-11-25T15:03:00.000Z' });
    expect(compared()).toMatchObject({
      ...{ keptId: 'a', before: { at: '2026-11-24T15:03:00.000Z' } },
    });
    expect(compared().changes?.list).toContainEqual({
      ...{ kind: 'host', host: 'mx3.example.org', what: 'new' },
    });
  });

  it('takes the place of the run before as what is compared with, and gives it back', async () => {
    await run('r1', degraded());
    await run('r2', degraded());
    const previous = compared().before;
    await history.compareShownWith('b');
    expect(compared()).toMatchObject({ keptId: 'b', previous });
    expect(compared().changes?.list.length).toBeGreaterThan(0);
    comparison.compareWithPrevious();
    expect(compared()).toMatchObject({ keptId: null, before: previous, changes: { list: [] } });
  });

  it('of another domain is not compared with what is shown', async () => {
    await run('r1', degraded(), { domain: 'other.example' });
    inspection.useInspection.setState((state) => ({
      report: state.report === null ? null : { ...state.report, domain: 'other.example' },
    }));
    await history.compareShownWith('a');
    expect(compared().before).toBeNull();
  });
});

describe('the list', () => {
  it('is read when it is opened, with what is wrong', async () => {
    list = { ...list, problems: ['notes.txt is left alone: it is no kept run.'] };
    history.showHistory(true);
    await vi.advanceTimersByTimeAsync(1);
    expect(history.useHistory.getState()).toMatchObject({
      ...{ isLoading: false, entries: [{ id: 'b' }, { id: 'a' }], problems: list.problems },
    });
  });

  it('has two runs ticked at most: a third takes the place of the first', () => {
    for (const id of ['a', 'b', 'c']) history.chooseRun(id, true);
    expect(history.useHistory.getState().chosen).toEqual(['b', 'c']);
    history.chooseRun('b', false);
    expect(history.useHistory.getState().chosen).toEqual(['c']);
  });

  it('forgets one, and all, and what was ticked of them', async () => {
    history.chooseRun('a', true);
    await history.deleteRun('a');
    expect(history.useHistory.getState()).toMatchObject({ chosen: [], entries: [{ id: 'b' }] });
    await history.deleteRun(null);
    expect(history.useHistory.getState().entries).toEqual([]);
    expect(deleted).toEqual([{ id: 'a' }, null]);
  });
});
