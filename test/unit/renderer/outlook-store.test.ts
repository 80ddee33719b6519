/** The store of judgements at another time: the last question counts, and no fault leaves it waiting. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { WhatIfReply, WhatIfRequest } from '../../../shared/ipc/contract.ts';
import { degraded } from './streams.ts';

type Outlook = typeof import('../../../renderer/store/outlook-store.ts');
type Inspection = typeof import('../../../renderer/store/inspection-store.ts');

const LATER = Date.parse('2026-12-01T00:00:00Z');

let outlook: Outlook;
let inspection: Inspection;
let asked: WhatIfRequest[];
let answers: ((reply: WhatIfReply) => void)[];
let fail: (reason: Error) => void;

beforeEach(async () => {
  vi.resetModules();
  asked = [];
  answers = [];
  vi.stubGlobal('window', {
    daneInspector: {
      judgeWhatIf: (request: WhatIfRequest) => {
        asked.push(request);
        return new Promise<WhatIfReply>((resolve, reject) => {
          answers.push(resolve);
          fail = reject;
        });
      },
    },
  });
  outlook = await import('../../../renderer/store/outlook-store.ts');
  inspection = await import('../../../renderer/store/inspection-store.ts');
  inspection.useInspection.setState({ runId: 'r1', events: degraded() });
  return () => {
    vi.unstubAllGlobals();
  };
});

const state = () => outlook.useOutlook.getState();

describe('a judgement at another time', () => {
  it('is asked for with the whole run and the instant, of no host in particular', async () => {
    const judging = outlook.judgeAt(LATER);
    expect(state()).toMatchObject({ phase: 'judging', runId: 'r1', at: LATER });
    answers[0]?.({ kind: 'judged', events: degraded() });
    await judging;
    expect(asked[0]).toMatchObject({ host: '', records: null, chain: null });
    expect(asked[0]?.at).toBe('2026-12-01T00:00:00.000Z');
    expect(asked[0]?.events).toHaveLength(degraded().length);
    expect(state().phase).toBe('judged');
    expect(state().report?.hosts).toHaveLength(3);
  });

  it('counts only if it is the last that was asked for', async () => {
    const first = outlook.judgeAt(LATER);
    const second = outlook.judgeAt(LATER + 1000);
    answers[1]?.({ kind: 'refused', message: 'No.' });
    await second;
    answers[0]?.({ kind: 'judged', events: degraded() });
    await first;
    expect(state()).toMatchObject({ phase: 'refused', at: LATER + 1000, message: 'No.' });
  });

  it('that is left is not shown when it comes', async () => {
    const judging = outlook.judgeAt(LATER);
    outlook.leaveOutlook();
    answers[0]?.({ kind: 'judged', events: degraded() });
    await judging;
    expect(state()).toMatchObject({ phase: 'none', report: null });
  });

  it('that ends in a fault says so', async () => {
    const judging = outlook.judgeAt(LATER);
    fail(new Error('gone'));
    await judging;
    expect(state().phase).toBe('refused');
    expect(state().message).toContain('gone');
  });

  it('of more events than are kept is refused, since some of them are missing', async () => {
    const [event] = degraded();
    if (event === undefined) throw new Error('no event');
    const events = Array.from({ length: inspection.MAX_KEPT_EVENTS }, () => event);
    inspection.useInspection.setState({ events });
    await outlook.judgeAt(LATER);
    expect(asked).toEqual([]);
    expect(state().message).toContain('too large');
  });
});
