/** The stores that ask about the world: the last question counts, and what comes back is folded once. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { InspectionEvent } from '../../../shared/inspection/event.ts';
import type { HostLookReply, WhatIfReply, WhatIfRequest } from '../../../shared/ipc/contract.ts';
import { degraded } from './streams.ts';

type WhatIfStore = typeof import('../../../renderer/store/what-if-store.ts');
type WorldStore = typeof import('../../../renderer/store/world-store.ts');
type InspectionStore = typeof import('../../../renderer/store/inspection-store.ts');

let whatIf: WhatIfStore;
let world: WorldStore;
let inspection: InspectionStore;
let asked: unknown[];
let answers: { resolve: (reply: unknown) => void; reject: (reason: Error) => void }[];

const EVENTS: readonly InspectionEvent[] = degraded().filter(({ kind }) => kind !== 'progress');

beforeEach(async () => {
  vi.resetModules();
  asked = [];
  answers = [];
  const ask = (request: unknown): Promise<unknown> => {
    asked.push(request);
    return new Promise((resolve, reject) => answers.push({ resolve, reject }));
  };
  vi.stubGlobal('window', { daneInspector: { judgeWhatIf: ask, lookAtHost: ask } });
  inspection = await import('../../../renderer/store/inspection-store.ts');
  whatIf = await import('../../../renderer/store/what-if-store.ts');
  world = await import('../../../renderer/store/world-store.ts');
  inspection.useInspection.setState({ runId: 'r1', events: EVENTS, network: 'lab' });
  return () => vi.unstubAllGlobals();
});

const answer = (which: number, reply: WhatIfReply | HostLookReply): void => {
  answers[which]?.resolve(reply);
};

describe('what if', () => {
  const state = () => whatIf.useWhatIf.getState();

  it('sends the evidence of the run and shows the report as it would be', async () => {
    const judging = whatIf.judgeWhatIf('mx.example.org', ['3 1 1 ab'], null);
    expect(state()).toMatchObject({ phase: 'judging', runId: 'r1', records: ['3 1 1 ab'] });
    answer(0, { kind: 'judged', events: EVENTS });
    await judging;
    expect((asked[0] as WhatIfRequest).events).toEqual(EVENTS);
    expect(state()).toMatchObject({ phase: 'judged', report: { outcome: 'degraded' } });
  });

  it('shows the answer to the last question alone', async () => {
    const first = whatIf.judgeWhatIf('mx.example.org', [], null);
    const second = whatIf.judgeWhatIf('mx.example.org', null, 'PEM');
    answer(1, { kind: 'refused', message: 'No chain.' });
    answer(0, { kind: 'judged', events: EVENTS });
    await Promise.all([first, second]);
    expect(state()).toMatchObject({ phase: 'refused', message: 'No chain.', report: null });
  });

  it('forgets an answer that nobody waits for any more', async () => {
    const judging = whatIf.judgeWhatIf('mx.example.org', [], null);
    whatIf.leaveWhatIf();
    answer(0, { kind: 'judged', events: EVENTS });
    await judging;
    expect(state().phase).toBe('none');
  });

  it('asks nothing where nothing was inspected', async () => {
    inspection.useInspection.setState({ events: [] });
    await whatIf.judgeWhatIf('mx.example.org', [], null);
    expect(asked).toEqual([]);
    expect(state()).toMatchObject({ phase: 'refused' });
  });

  it('tells a fault on the way like a refusal', async () => {
    const judging = whatIf.judgeWhatIf('mx.example.org', [], null);
    answers[0]?.reject(new Error('gone'));
    await judging;
    expect(state().message).toContain('gone');
  });
});

describe('a look at a host', () => {
  const view = () => world.worldView('mx.example.org', 25);

  it('goes where inspections go, and stays until the next one is answered', async () => {
    const looking = world.lookAtHost('mx.example.org', 25);
    expect(asked[0]).toEqual({ host: 'mx.example.org', port: 25, network: 'lab' });
    answer(0, { kind: 'seen', events: EVENTS, sightings: [] });
    await looking;
    expect(view()).toMatchObject({ phase: 'seen', report: { outcome: 'degraded' } });
    const again = world.lookAtHost('mx.example.org', 25);
    expect(view()).toMatchObject({ phase: 'looking', report: { outcome: 'degraded' } });
    answer(1, { kind: 'refused', message: 'Not now.' });
    await again;
    expect(view()).toMatchObject({ phase: 'refused', message: 'Not now.' });
    expect(view()?.report?.outcome).toBe('degraded');
  });

  it('of the lab says nothing of a host of that name on the internet', async () => {
    const looking = world.lookAtHost('mx.example.org', 25);
    inspection.useInspection.setState({ network: 'internet' });
    answer(0, { kind: 'seen', events: EVENTS, sightings: [] });
    await looking;
    expect(view()).toBeNull();
    inspection.useInspection.setState({ network: 'lab' });
    expect(view()).toMatchObject({ phase: 'seen', network: 'lab' });
  });

  it('is answered by the last question alone', async () => {
    const sighting = { record: '3 1 1 ab', since: '2026-11-24T12:00:00.000Z', ttl: 3600 };
    const first = world.lookAtHost('mx.example.org', 25);
    const second = world.lookAtHost('mx.example.org', 25);
    answer(1, { kind: 'seen', events: EVENTS, sightings: [sighting] });
    answer(0, { kind: 'refused', message: 'Late.' });
    await Promise.all([first, second]);
    expect(view()).toMatchObject({ phase: 'seen', sightings: [sighting] });
  });
});
