/** All mail hosts of a run side by side, and the survey of the zones that they and their records live in. */
import type { Name } from '../../shared/dns/name.ts';
import { settleAll } from './conduct.ts';
import { inspectHost } from './host.ts';
import { tellStep, type Run } from './run.ts';
import { allowFor } from './server-questions.ts';
import { conductSurvey } from './survey.ts';
import type { Place } from './survey-plan.ts';

/** `elsewhere`: what else of the run lives in zones whose servers are to be asked. */
export async function inspectHosts(
  run: Run,
  hosts: readonly Name[],
  nextHops: readonly string[],
  elsewhere: Promise<readonly Place[]>,
): Promise<void> {
  allowFor(run.asked, hosts.length);
  const places = createPlaces(hosts);
  const survey = conductSurvey(run, gather([elsewhere, ...places.found]));
  if (hosts.length > 0)
    tellStep(run, `Looking at ${hosts.length} mail ${hosts.length === 1 ? 'host' : 'hosts'}`);
  await settleAll([
    ...hosts.map((host, index) =>
      inspectHost(run, host, nextHops, {
        surveyed: survey.begun,
        locate: (found) => places.locate(index, found),
      }),
    ),
    survey.done,
  ]);
}

async function gather(found: readonly Promise<readonly Place[]>[]): Promise<readonly Place[]> {
  return (await Promise.all(found)).flat();
}

/** Where each host lives, as soon as that host knows. */
function createPlaces(hosts: readonly Name[]): {
  readonly found: readonly Promise<readonly Place[]>[];
  readonly locate: (index: number, places: readonly Place[]) => void;
} {
  const tellers: ((places: readonly Place[]) => void)[] = [];
  const found = hosts.map(() => new Promise<readonly Place[]>((resolve) => tellers.push(resolve)));
  return { found, locate: (index, places) => tellers[index]?.(places) };
}
