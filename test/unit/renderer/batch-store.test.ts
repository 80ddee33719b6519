/** The list on screen: rows fetched in pieces while they change, questions before anything is lost, and files of any kind. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { waitingRow, type BatchRow } from '../../../shared/batch/row.ts';
import type { BatchState } from '../../../shared/ipc/batch.ts';

type Store = typeof import('../../../renderer/store/batch-store.ts');
type Program = typeof import('../../../renderer/store/settings-store.ts');
type Actions = typeof import('../../../renderer/store/batch-actions.ts');

const TOTAL = 7;
const PIECE = 3;

let store: Store;
let actions: Actions;
let program: Program;
let tell: (payload: unknown) => void;
let asked: unknown[];
let answers: Record<string, unknown>;
let beforeRows: (from: number) => void;

const STATE: BatchState = {
  list: 'b1',
  phase: 'running',
  network: 'lab',
  concurrency: 4,
  total: TOTAL,
  done: 0,
  activeMs: 0,
  restMs: null,
  refused: [],
  refusedCount: 0,
  duplicates: 0,
  leftOut: 0,
  problems: [],
};
const rowAt = (index: number): BatchRow => waitingRow(index, `d${index}.example`);
const doneAt = (index: number): BatchRow => ({
  ...rowAt(index),
  status: 'done',
  outcome: 'broken',
  at: '2026-11-24T12:00:00.000Z',
});

beforeEach(async () => {
  vi.resetModules();
  asked = [];
  beforeRows = () => undefined;
  answers = { state: STATE };
  const answer = (name: string) => (payload: unknown) => {
    asked.push([name, payload]);
    return Promise.resolve(answers[name]);
  };
  vi.stubGlobal('window', {
    daneInspector: {
      readBatch: () => Promise.resolve(answers['state']),
      batchRows: ({ from }: { readonly from: number }) => {
        beforeRows(from);
        const rows = Array.from({ length: TOTAL }, (_, index) => rowAt(index));
        return Promise.resolve({ list: 'b1', rows: rows.slice(from, from + PIECE) });
      },
      loadBatch: answer('load'),
      commandBatch: answer('command'),
      openBatchRow: answer('open'),
      exportBatch: answer('export'),
      onBatchChanged: (listener: typeof tell) => {
        tell = listener;
      },
    },
  });
  store = await import('../../../renderer/store/batch-store.ts');
  actions = await import('../../../renderer/store/batch-actions.ts');
  program = await import('../../../renderer/store/settings-store.ts');
  return () => vi.unstubAllGlobals();
});

const view = () => store.useBatch.getState();
const withDone = (): BatchState => ({ ...STATE, done: 2 });

describe('the rows', () => {
  it('are fetched in pieces, and what changes meanwhile is not lost', async () => {
    beforeRows = (from) => {
      // Row 1 is there already, row 5 is still to come, and is then as it is by then.
      if (from !== PIECE) return;
      tell({ state: withDone(), rows: [doneAt(1), doneAt(5)] });
      expect(view().rows).toHaveLength(PIECE);
    };
    await store.openBatch();
    expect(view().rows.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(view().rows[1]?.status).toBe('done');
    expect(view().state?.done).toBe(2);
  });

  it('of another list change nothing', async () => {
    await store.openBatch();
    tell({ state: { ...STATE, list: 'b0', done: 7 }, rows: [doneAt(0)] });
    expect(view().rows[0]?.status).toBe('waiting');
    expect(view().state?.done).toBe(0);
  });

  it('are sorted by a column, then the other way round, then as in the list', () => {
    store.orderBatch('domain');
    expect(view().order).toEqual({ key: 'domain', descending: false });
    store.orderBatch('domain');
    expect(view().order).toEqual({ key: 'domain', descending: true });
    store.orderBatch('domain');
    expect(view().order).toEqual({ key: 'place', descending: false });
  });
});

describe('a list', () => {
  it('is taken at once where no result would be lost', async () => {
    await store.openBatch();
    answers['load'] = { kind: 'loaded', state: { ...STATE, list: 'b1' } };
    await actions.takeList('a.example', 'lab');
    expect(asked).toEqual([['load', { text: 'a.example', network: 'lab' }]]);
  });

  it('takes the place of results only when the person says so', async () => {
    answers['state'] = withDone();
    await store.openBatch();
    await actions.takeList('a.example', 'lab');
    expect(asked).toEqual([]);
    expect(view().question).toMatchObject({ kind: 'replace' });
    answers['load'] = { kind: 'loaded', state: STATE };
    await actions.answerQuestion();
    expect(asked).toEqual([['load', { text: 'a.example', network: 'lab' }]]);
    expect(view().question).toBeNull();
  });

  it('that names no domain is refused with its lines, and nothing else changes', async () => {
    await store.openBatch();
    answers['load'] = { kind: 'refused', refused: ['Line 1: x'], refusedCount: 9 };
    await actions.takeList('? ?', 'lab');
    expect(view().refusal).toMatchObject({ lines: ['Line 1: x'], lineCount: 9 });
    expect(view().rows).toHaveLength(TOTAL);
    expect(view().busy).toBeNull();
  });

  it('that is too long is not sent', async () => {
    await actions.takeList('x'.repeat(4 * 1024 * 1024 + 1), 'lab');
    expect(asked).toEqual([]);
    expect(view().refusal?.message).toContain('4,194,304 characters');
  });

  it('is cleared only when the person says so, where results would be lost', async () => {
    answers['state'] = withDone();
    await store.openBatch();
    await actions.clearBatch();
    expect(asked).toEqual([]);
    answers['command'] = { ...STATE, list: '', phase: 'empty', total: 0 };
    await actions.answerQuestion();
    expect(asked).toEqual([['command', { command: 'clear' }]]);
    expect(view().rows).toEqual([]);
  });

  it('a fault on the way is told', async () => {
    answers['load'] = { kind: 'nonsense' };
    await actions.takeList('a.example', 'lab');
    expect(view().refusal?.message).toContain('batch:load');
    expect(view().busy).toBeNull();
  });
});

describe('the mark on the rail', () => {
  const finished = (): BatchState => ({ ...STATE, done: TOTAL, phase: 'finished' });

  it('tells on another screen that the list has ended, until the list is looked at', async () => {
    await store.openBatch();
    tell({ state: withDone(), rows: [doneAt(1)] });
    expect(view().news).toBeNull();
    tell({ state: finished(), rows: [] });
    expect(view().news).toBe('finished');
    // Told once more, for the disk has caught up.
    tell({ state: finished(), rows: [] });
    expect(view().news).toBe('finished');
    program.showScreen('batch');
    expect(view().news).toBeNull();
  });

  it('tells that it has stopped by itself', async () => {
    await store.openBatch();
    tell({ state: { ...STATE, phase: 'paused', problems: ['No network.'] }, rows: [] });
    expect(view().news).toBe('stopped');
  });

  it('is not there for a person who looks at the list', async () => {
    program.showScreen('batch');
    await store.openBatch();
    tell({ state: finished(), rows: [] });
    expect(view().news).toBeNull();
  });
});

describe('a row', () => {
  it('whose evidence is gone is asked about, not asked for', async () => {
    await store.openBatch();
    const gone = { kind: 'gone', domain: 'd1.example', network: 'lab', message: 'Not kept.' };
    answers['open'] = gone;
    await actions.openRow(1);
    expect(view().question).toEqual(gone);
    expect(view().selected).toBe(1);
  });

  it('has those beside it that are shown', async () => {
    await store.openBatch();
    tell({ state: withDone(), rows: [doneAt(1), doneAt(4)] });
    store.filterBatch({ standing: 'broken' });
    store.selectRow(1);
    expect([actions.neighbour(-1), actions.neighbour(1)]).toEqual([null, 4]);
  });
});

it('what is shown is saved, in the order in which it is', async () => {
  await store.openBatch();
  store.filterBatch({ text: 'd' });
  store.orderBatch('domain');
  store.orderBatch('domain');
  answers['export'] = { kind: 'saved', path: '/x/list.csv' };
  await actions.saveRows('csv');
  expect(asked).toEqual([['export', { format: 'csv', rows: [6, 5, 4, 3, 2, 1, 0] }]]);
  expect(view().saved).toEqual({ ok: true, message: 'Saved as /x/list.csv' });
});
