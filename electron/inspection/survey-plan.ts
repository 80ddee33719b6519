/** Which questions go to the servers of which zone, the most telling ones first. */
import type { Name } from '../../shared/dns/name.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import type { ServerAnswer, ZoneServers } from '../resolver/resolver.ts';
import type { Grid } from './ancestors.ts';
import type { SurveyQuestion } from './server-questions.ts';

/** Something that lives in a zone: the MX RRset, a host, or a TLSA RRset with the names above it. */
export type Place =
  | { readonly kind: 'mx' | 'host'; readonly name: Name; readonly zone: ZoneServers }
  | { readonly kind: 'tlsa'; readonly grid: Grid };

export interface ZonePlan {
  readonly zone: ZoneServers;
  readonly questions: readonly RankedQuestion[];
  /** Belongs to the survey; ancestors belong to the grid. */
  readonly shown: (answer: ServerAnswer) => boolean;
}

interface RankedQuestion {
  /** Smaller is asked rather than larger, when not all can be asked. */
  readonly rank: number;
  readonly question: SurveyQuestion;
}

/** Ranks over UDP; over TCP the same question comes this much later. */
const TCP_LATER = 4;
const RANK = { soa: 0, tlsa: 0, decisive: 0, keys: 1, data: 2, delegation: 3 } as const;

export function planSurvey(places: readonly Place[]): readonly ZonePlan[] {
  const zones = new Map<string, { readonly zone: ZoneServers; readonly places: Place[] }>();
  for (const place of places) {
    const zone = place.kind === 'tlsa' ? place.grid.zone : place.zone;
    if (zone.servers.length === 0) continue;
    const known = zones.get(zone.zone.key) ?? { zone, places: [] };
    known.places.push(place);
    zones.set(zone.zone.key, known);
  }
  return [...zones.values()].map(({ zone, places: inZone }) => {
    const own = [...zoneQuestions(zone), ...inZone.flatMap(placeQuestions)];
    const above = inZone.flatMap(ancestorQuestions);
    const shownKeys = new Set(own.map(({ question }) => keyOf(question)));
    return {
      zone,
      questions: once([...own, ...above]),
      shown: (answer) => shownKeys.has(keyOf(answer)),
    };
  });
}

/** Without signing there are no keys to compare. */
function zoneQuestions({ zone, security }: ZoneServers): readonly RankedQuestion[] {
  const keys = security === 'insecure' ? [] : both(zone, TYPE.DNSKEY, RANK.keys);
  return [...both(zone, TYPE.SOA, RANK.soa), ...keys];
}

function placeQuestions(place: Place): readonly RankedQuestion[] {
  switch (place.kind) {
    case 'mx':
      return both(place.name, TYPE.MX, RANK.data);
    case 'host':
      return [TYPE.A, TYPE.AAAA].flatMap((type) => both(place.name, type, RANK.data));
    case 'tlsa':
      return both(place.grid.owner, TYPE.TLSA, RANK.tlsa);
  }
}

/** RFC 9156 §2.1: resolvers that minimise ask for A, others for NS. */
function ancestorQuestions(place: Place): readonly RankedQuestion[] {
  if (place.kind !== 'tlsa') return [];
  return place.grid.names
    .slice(1)
    .flatMap((name) => [
      ...both(name, TYPE.A, RANK.decisive),
      ...both(name, TYPE.NS, RANK.delegation),
    ]);
}

function both(name: Name, type: number, rank: number): readonly RankedQuestion[] {
  return [
    { rank, question: { name, type, transport: 'udp' } },
    { rank: rank + TCP_LATER, question: { name, type, transport: 'tcp' } },
  ];
}

/** The SOA over TCP shows whether there is TCP at all, so it comes early. */
function once(questions: readonly RankedQuestion[]): readonly RankedQuestion[] {
  const best = new Map<string, RankedQuestion>();
  for (const each of questions) {
    const isTcpTest = each.question.type === TYPE.SOA;
    const ranked = isTcpTest ? { ...each, rank: RANK.soa } : each;
    const known = best.get(keyOf(each.question));
    if (known === undefined || known.rank > ranked.rank) best.set(keyOf(each.question), ranked);
  }
  return [...best.values()];
}

function keyOf({ name, type, transport }: SurveyQuestion): string {
  return `${transport} ${type} ${name.key}`;
}
