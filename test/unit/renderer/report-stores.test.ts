/** The stores behind reports: what is saved is what is shown, and a case takes its place only when it is sound. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CaseNote, CaseReply, ReportRequest } from '../../../shared/ipc/contract.ts';
import { degraded } from './streams.ts';

type Inspection = typeof import('../../../renderer/store/inspection-store.ts');
type Saving = typeof import('../../../renderer/store/report-save.ts');
type Opening = typeof import('../../../renderer/store/report-case.ts');

let inspection: Inspection;
let saving: Saving;
let opening: Opening;
let asked: { readonly what: string; readonly request: unknown }[];
let answers: { resolve: (reply: unknown) => void; reject: (reason: Error) => void }[];

const EVENTS = degraded().filter(({ kind }) => kind !== 'progress');
const NOTE: CaseNote = {
  ...{ file: 'a.danecase', recordedAt: '2026-11-24T12:00:00.000Z', version: '1' },
  ...{ likeness: 'same', differences: [], ownTrust: false, domains: ['example.org'], index: 0 },
};
const OPENED: CaseReply = {
  ...{ kind: 'opened', runId: 'case', domain: 'example.org', events: EVENTS, note: NOTE },
};

beforeEach(async () => {
  vi.resetModules();
  asked = [];
  answers = [];
  const asking =
    (what: string) =>
    (request: unknown): Promise<unknown> => {
      asked.push({ what, request });
      return new Promise((resolve, reject) => answers.push({ resolve, reject }));
    };
  const names = 'startInspection cancelInspection saveReport openCase writeClipboard'.split(' ');
  vi.stubGlobal('window', {
    daneInspector: Object.fromEntries(names.map((name) => [name, asking(name)])),
  });
  inspection = await import('../../../renderer/store/inspection-store.ts');
  saving = await import('../../../renderer/store/report-save.ts');
  opening = await import('../../../renderer/store/report-case.ts');
  return () => vi.unstubAllGlobals();
});

const shown = () => inspection.useInspection.getState();

async function openCase(reply: CaseReply = OPENED): Promise<void> {
  const choosing = opening.chooseCase();
  answers.at(-1)?.resolve(reply);
  await choosing;
}

describe('a case', () => {
  it('is shown as a run that has finished, with where it is from', async () => {
    const phases: string[] = [];
    inspection.useInspection.subscribe(({ phase }) => phases.push(phase));
    await openCase();
    expect(shown()).toMatchObject({
      ...{
        phase: 'finished',
        runId: 'case',
        typed: 'example.org',
        origin: { kind: 'case', note: NOTE },
      },
      report: { outcome: 'degraded', finished: true },
    });
    // Whoever waits for the end of a run is told of it.
    expect(phases).toEqual(['running', 'finished']);
  });

  it('that is refused leaves what is shown, and says why', async () => {
    await openCase();
    await openCase({ kind: 'refused', message: 'b.danecase cannot be opened: it is damaged.' });
    expect(shown()).toMatchObject({ runId: 'case', origin: { kind: 'case', note: NOTE } });
    expect(opening.useOpening.getState()).toEqual({
      opening: false,
      problem: 'b.danecase cannot be opened: it is damaged.',
    });
  });

  it('is left for the live domain only when the person says so', async () => {
    await openCase();
    const before = asked.length;
    await inspection.inspectAgain();
    expect(asked).toHaveLength(before);
    inspection.stayWithCase();
    expect(shown()).toMatchObject({ leaving: null, origin: { kind: 'case', note: NOTE } });
    await inspection.giveChain('mx1.example.org', 'PEM');
    expect(asked).toHaveLength(before);
    const leaving = inspection.leaveCase();
    expect(asked.at(-1)).toEqual({
      what: 'startInspection',
      request: {
        ...{ domain: 'example.org', network: 'internet' },
        chains: [{ host: 'mx1.example.org', text: 'PEM' }],
      },
    });
    answers.at(-1)?.resolve({ kind: 'started', runId: 'live', domain: 'example.org' });
    await leaving;
    expect(shown()).toMatchObject({ runId: 'live', origin: null, leaving: null });
  });

  it('comes first of two only when it was asked for last', async () => {
    const first = opening.chooseCase();
    const second = opening.openWaitingCase();
    answers[1]?.resolve({ kind: 'none' });
    answers[0]?.resolve(OPENED);
    await Promise.all([first, second]);
    expect(shown().runId).toBeNull();
  });

  it('too large to be one is not read at all', async () => {
    const huge = new File([], 'huge.danecase');
    Object.defineProperty(huge, 'size', { value: 64 * 1024 * 1024 + 1 });
    expect(opening.takeCases([huge])).toBe(true);
    await vi.waitFor(() => {
      expect(opening.useOpening.getState().problem).toContain('larger than 64 MiB');
    });
    expect(asked).toEqual([]);
  });

  it('among other files is none: they are material', () => {
    expect(opening.takeCases([new File([], 'a.danecase'), new File([], 'b.pem')])).toBe(false);
    expect(opening.takeCases([])).toBe(false);
  });
});

describe('saving', () => {
  const lastRequest = (): ReportRequest => asked.at(-1)?.request as ReportRequest;
  const state = () => saving.useSaving.getState();

  it('sends the text of what is shown, and the evidence by the run', async () => {
    await openCase();
    for (const [format, start] of [
      ['html', '<!DOCTYPE html>'],
      ['pdf', '<!DOCTYPE html>'],
      ['json', '{'],
      ['csv', '"domain"'],
    ] as const) {
      const done = saving.saveReport(format);
      const { content, domain } = lastRequest();
      expect(domain).toBe('example.org');
      expect(content.format === 'case' ? '' : content.text.slice(0, start.length)).toBe(start);
      answers.at(-1)?.resolve({ kind: 'saved', path: `/r.${format}` });
      await done;
      expect(state()).toMatchObject({ phase: 'done', message: `Saved as /r.${format}` });
    }
    void saving.saveReport('case');
    expect(asked.at(-1)?.request).toMatchObject({ content: { format: 'case', runId: 'case' } });
  });

  it('that fails says so in the words of the process, and a fault is told too', async () => {
    await openCase();
    const first = saving.saveReport('html');
    answers.at(-1)?.resolve({ kind: 'failed', message: 'The disk is full.' });
    await first;
    expect(state()).toMatchObject({
      phase: 'failed',
      message: 'The disk is full.',
      format: 'html',
    });
    const second = saving.saveReport('html');
    answers.at(-1)?.reject(new Error('gone'));
    await second;
    expect(state()).toMatchObject({ phase: 'failed', message: expect.stringContaining('(gone)') });
  });

  it('opens no menu while there is no verdict', async () => {
    saving.showReportMenu(true);
    expect(state().menu).toBe(false);
    await openCase();
    inspection.useInspection.setState({ phase: 'cancelled' });
    saving.showReportMenu(true);
    expect(state().menu).toBe(false);
    inspection.useInspection.setState({ phase: 'finished' });
    saving.showReportMenu(true);
    expect(state().menu).toBe(true);
  });
});
