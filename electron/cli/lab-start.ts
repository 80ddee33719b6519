/** What `lab --outbound` tells before the test: the settings that were asked for, and whether resolvers are ready. */
import { checkTestResolvers, type OutboundTest } from '../compose.ts';
import type { OutboundRequest } from './lab-options.ts';
import { chosenSettings, testSettings } from './lab-settings.ts';
import type { OutboundTeller } from './print-outbound.ts';
import type { StartFacts } from './print-outbound-start.ts';
import type { Terminal } from './terminal.ts';

export function startFacts(
  test: OutboundTest,
  request: OutboundRequest,
  goesOn: boolean,
): StartFacts {
  const asked = request.check?.resolver ?? 'of this machine';
  const resolver = asked === 'of this machine' ? USUAL_RESOLVER : asked.address;
  const settings = testSettings(test, { smtpPort: request.smtpPort, resolver });
  return {
    ...{ ...request, goesOn, isKept: request.statePath !== null },
    ...{ settings, chosen: chosenSettings(settings, request.settings) },
  };
}

/** Where a resolver on the mail server’s own machine answers. */
const USUAL_RESOLVER = '127.0.0.1';

/** Nobody waits for what Ctrl-C makes idle. */
export async function tellResolvers(
  test: OutboundTest,
  { check }: OutboundRequest,
  teller: OutboundTeller,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  if (check === null) return;
  const { resolver } = check;
  terminal.progress?.('Asking the resolver…');
  try {
    const resolvers = resolver === 'of this machine' ? null : [resolver];
    const checks = await checkTestResolvers({ base: test.base, resolvers }, signal);
    terminal.progress?.(null);
    if (checks.length === 0) terminal.err('This machine is set to ask no resolver.');
    for (const each of checks) teller.resolver(each);
  } catch (error) {
    terminal.progress?.(null);
    if (!signal.aborted) throw error;
  }
}
