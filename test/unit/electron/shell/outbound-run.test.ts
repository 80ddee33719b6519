// How a test that runs is told of: soon after a change, not too often, and when time alone decides.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OutboundRun } from '../../../../electron/shell/outbound-run.ts';
import type { TestReport } from '../../../../shared/lab/test-report.ts';
import { fakeTest, type FakeTest } from './outbound-rig.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 29, 12) });
});
afterEach(() => {
  vi.useRealTimers();
});

function runOf(test: FakeTest, now: () => number = Date.now, draw: () => void = () => undefined) {
  const told: (TestReport | null)[] = [];
  const request = { smtpPort: 25, open: false };
  const changed = (report: TestReport | null): void => {
    told.push(report);
    draw();
  };
  const run = new OutboundRun({ test, request, now, changed });
  return { run, told };
}

function phaseOf(report: TestReport | null | undefined, id: string): string | undefined {
  return report?.situations.find((situation) => situation.id === id)?.phase;
}

function refuse(test: FakeTest): void {
  test.see('wrong', 'c1', { name: 'connected' });
  test.see('wrong', 'c1', { name: 'ehlo', greeting: 'mx.example.org', tls: false });
  test.see('wrong', 'c1', { name: 'starttls' });
  test.see('wrong', 'c1', { name: 'closed' });
}

test('a hundred changes at once are one message, 200 ms later', async () => {
  const servers = fakeTest();
  const { told } = runOf(servers);
  for (let count = 0; count < 100; count++) servers.see('do', `c${count}`, { name: 'connected' });
  await vi.advanceTimersByTimeAsync(199);
  expect(told).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(told).toHaveLength(1);
  expect(told[0]?.situations.find(({ id }) => id === 'do')?.seen).toHaveLength(100);
});

test('changes without end are five messages a second', async () => {
  const servers = fakeTest();
  const { told } = runOf(servers);
  for (let count = 0; count < 100; count++) {
    servers.see('do', 'c', { name: 'connected' });
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(told.length).toBe(5);
});

test('one message that took long is followed by a rest of four times as long', async () => {
  const servers = fakeTest();
  let clock = 0;
  const watch = vi.spyOn(performance, 'now').mockImplementation(() => clock);
  const { told } = runOf(servers, Date.now, () => {
    clock += 500;
  });
  for (let count = 0; count < 100; count++) {
    servers.see('do', 'c', { name: 'connected' });
    await vi.advanceTimersByTimeAsync(45);
  }
  // 4500 ms: after 200, and two rests of 2000.
  expect(told.length).toBe(3);
  watch.mockRestore();
});

test('a sender that has left is told of five seconds later, though nothing more is seen', async () => {
  const servers = fakeTest();
  const { told } = runOf(servers);
  refuse(servers);
  await vi.advanceTimersByTimeAsync(4900);
  expect(phaseOf(told.at(-1), 'wrong')).toBe('under-way');
  await vi.advanceTimersByTimeAsync(700);
  expect(phaseOf(told.at(-1), 'wrong')).toBe('decided');
});

test('the end of the waiting is told, and then nothing is waited for', async () => {
  const { run, told } = runOf(fakeTest());
  await vi.advanceTimersByTimeAsync(59_000);
  expect(told.at(-1)?.isFinal).not.toBe(true);
  await vi.advanceTimersByTimeAsync(2000);
  expect(told.at(-1)).toMatchObject({ isFinal: true, verdict: { conclusion: 'could-not-tell' } });
  expect(vi.getTimerCount()).toBe(0);
  expect(run.report()?.isFinal).toBe(true);
});

test('a clock that was set back or ahead makes it neither late nor busy', async () => {
  for (const shift of [-3_600_000, 3_600_000]) {
    const servers = fakeTest();
    const { run, told } = runOf(servers, () => Date.now() + shift);
    refuse(servers);
    await vi.advanceTimersByTimeAsync(16_000);
    expect(phaseOf(told.at(-1), 'wrong')).toBe('decided');
    expect(told.length).toBeLessThan(40);
    // By the clock of the servers, as its begin.
    expect(run.report()?.at).toBe(new Date().toISOString());
    await run.close();
  }
});

test('one that still waits for something goes on', () => {
  const earlier = {
    ...{ alias: 'before', startedAt: Date.now() - 1000, silentAfterMs: 60_000 },
    scenarios: ['do', 'wrong'] as const,
  };
  const { run } = runOf(fakeTest(Date.now, earlier));
  expect(run.goesOn).toBe(true);
  expect(run.report()).toMatchObject({ alias: 'before' });
  run.again();
  expect(run.goesOn).toBe(false);
  expect(run.report()?.alias).not.toBe('before');
});

test('other recipients are waited for instead of the earlier', async () => {
  const servers = fakeTest();
  const { run, told } = runOf(servers);
  await vi.advanceTimersByTimeAsync(50_000);
  run.again();
  expect(servers.runs().map(({ silentAfterMs }) => silentAfterMs)).toEqual([1, 60_000]);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(told.at(-1)).toMatchObject({ alias: 'alias2', isFinal: false });
  await vi.advanceTimersByTimeAsync(41_000);
  expect(told.at(-1)).toMatchObject({ alias: 'alias2', isFinal: true });
});

test('one that was deleted is told to be gone', async () => {
  const servers = fakeTest();
  const { run, told } = runOf(servers);
  servers.forget();
  await vi.advanceTimersByTimeAsync(200);
  expect(told).toEqual([null]);
  expect(run.report()).toBeNull();
  expect(vi.getTimerCount()).toBe(0);
});

test('what has ended tells nothing more, and closes its servers once', async () => {
  const servers = fakeTest();
  const { run, told } = runOf(servers);
  servers.see('do', 'c', { name: 'connected' });
  await Promise.all([run.close(), run.close()]);
  expect([servers.closed(), servers.listeners(), vi.getTimerCount()]).toEqual([1, 0, 0]);
  expect(run.signal.aborted).toBe(true);
  expect(told).toHaveLength(0);
});
