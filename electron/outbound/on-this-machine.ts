/** The outbound test with the clock, the chance and the sockets of this machine; loaded only where it is asked for. */
import { randomBytes } from 'node:crypto';
import { systemClock } from '../net/system-clock.ts';
import { createSystemNetwork } from '../net/system-network.ts';
import type { ResolverQuestion, ResolverWord } from './check-resolvers.ts';
import type { KeptTestOptions, PlannedTest, PlannedTestOptions, StartedTest } from './kept-test.ts';

/** The outbound test on this machine's own addresses. */
export async function composeOutboundTest(options: KeptTestOptions): Promise<StartedTest> {
  const { startKeptTest } = await import('./kept-test.ts');
  return startKeptTest(options, { clock: systemClock, random: (count) => randomBytes(count) });
}

/** What the outbound test would publish; its keys are kept, and no port is opened. */
export async function planOutboundTest(options: PlannedTestOptions): Promise<PlannedTest> {
  const { planKeptTest } = await import('./kept-test.ts');
  return planKeptTest(options, { clock: systemClock, random: (count) => randomBytes(count) });
}

/** Whether resolvers find and trust the test’s zone. */
export async function checkTestResolvers(
  question: ResolverQuestion,
  signal: AbortSignal,
): Promise<readonly ResolverWord[]> {
  const { checkResolvers } = await import('./check-resolvers.ts');
  const ports = { network: createSystemNetwork(), random: (count: number) => randomBytes(count) };
  return checkResolvers(question, ports, signal);
}
