/** What is kept of all that was seen when it is too much: nobody pushes out what is another’s. */
import { createNetworks } from '../../shared/lab/attribution.ts';
import type { Observation } from '../../shared/lab/observation.ts';
import { MAX_OBSERVATIONS } from './state.ts';

/** Of all that may be kept; the rest is room for what comes next. */
const KEPT_SHARE = 0.9;
/** Of that, what anybody can cause in anybody’s name: a datagram proves no address. */
const QUESTION_SHARE = 0.3;
/** What has an address, and names no test. */
const UNNAMED_SHARE = 0.3;
/** What names a test’s recipient, which nobody else knows, or comes from where that came from. */
const NAMED_SHARE = 0.4;

/** Each kind has a room of its own, and within it each test or network an equal share: of that, the latest. */
export function fairShare(observations: readonly Observation[]): readonly Observation[] {
  const networkOf = createNetworks();
  const aliases = new Map<string, string>();
  const senders = new Map<string, string>();
  for (const { seen } of observations) {
    if (seen.kind !== 'smtp' || seen.step.name !== 'recipient') continue;
    aliases.set(seen.connection, seen.step.alias);
    senders.set(networkOf(seen.from), seen.step.alias);
  }
  const rooms = [
    { share: QUESTION_SHARE, groups: new Map<string, Observation[]>() },
    { share: UNNAMED_SHARE, groups: new Map<string, Observation[]>() },
    { share: NAMED_SHARE, groups: new Map<string, Observation[]>() },
  ] as const;
  const [questions, unnamed, named] = rooms;
  for (const observation of observations) {
    const { seen } = observation;
    const network = networkOf(seen.from);
    const alias = seen.kind === 'smtp' ? aliases.get(seen.connection) : undefined;
    const sender = alias ?? senders.get(network);
    if (seen.kind === 'dns') put(questions.groups, network, observation);
    else if (sender === undefined) put(unnamed.groups, network, observation);
    else put(named.groups, alias === undefined ? `${sender} ${network}` : alias, observation);
  }
  const kept = new Set(
    rooms.flatMap(({ share, groups }) => {
      const room = Math.floor(MAX_OBSERVATIONS * KEPT_SHARE * share);
      return shared([...groups.values()], room);
    }),
  );
  return observations.filter((each) => kept.has(each));
}

function put<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}

/** The smallest groups first: what they leave of their share is for the larger ones. */
function shared<T>(groups: readonly (readonly T[])[], room: number): readonly T[] {
  let left = room;
  let waiting = groups.length;
  const bySize = [...groups].sort((a, b) => a.length - b.length);
  return bySize.flatMap((group) => {
    const share = Math.floor(left / waiting);
    const kept = share === 0 ? [] : group.slice(-share);
    left -= kept.length;
    waiting -= 1;
    return kept;
  });
}
