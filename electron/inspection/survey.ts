/** Asks every authoritative address of the zones that matter by itself, over UDP and TCP (RFC 1034 §4.2.1, RFC 7766 §5). */
import type { Name } from '../../shared/dns/name.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import type { ServerAddress, ServerAnswer, ZoneServers } from '../resolver/resolver.ts';
import { serversOf } from './ancestors.ts';
import type { Run } from './run.ts';
import { tellLimit, tellObservations } from './run.ts';
import { askPlainly, askServer, wasAsked, type SurveyQuestion } from './server-questions.ts';
import { serverQuestion } from './server-question.ts';
import { planSurvey, type Place, type ZonePlan } from './survey-plan.ts';

/** The answers of each zone's servers, by the zone's key; each is there when that zone is done. */
export type Surveyed = ReadonlyMap<string, Promise<readonly ServerAnswer[]>>;

export interface Survey {
  /** Zones whose survey has begun; later than the places are known. */
  readonly begun: Promise<Surveyed>;
  /** All of them have been told. */
  readonly done: Promise<void>;
}

/** Each zone once, however many hosts live in it. Nothing that decides on mail waits for it. */
export function conductSurvey(run: Run, places: Promise<readonly Place[]>): Survey {
  const begun = begin(run, places);
  begun.catch(() => undefined);
  const done = begun.then(async (surveyed) => {
    await Promise.all(surveyed.values());
  });
  done.catch(() => undefined);
  return { begun, done };
}

async function begin(run: Run, places: Promise<readonly Place[]>): Promise<Surveyed> {
  const plans = planSurvey(await places);
  const shares = share(run, plans);
  return new Map(
    shares.map(({ plan, servers }) => {
      const answers = surveyZone(run, plan, servers);
      answers.catch(() => undefined);
      return [plan.zone.zone.key, answers];
    }),
  );
}

interface Share {
  readonly plan: ZonePlan;
  readonly servers: readonly ServerShare[];
}

interface ServerShare {
  readonly server: ServerAddress;
  readonly questions: SurveyQuestion[];
}

/** The budget goes to the most telling questions of all servers first; what it does not reach is told. */
function share(run: Run, plans: readonly ZonePlan[]): readonly Share[] {
  const shares = plans.map((plan) => ({
    plan,
    servers: serversOf(run, plan.zone).map((server): ServerShare => ({ server, questions: [] })),
  }));
  const wishes = shares.flatMap(({ plan, servers }) =>
    plan.questions.flatMap(({ rank, question }) =>
      servers.map((to) => ({ rank, question, to, zone: plan.zone.zone })),
    ),
  );
  let left = run.asked.left;
  const short = new Map<string, Name>();
  for (const { question, to, zone } of [...wishes].sort((a, b) => a.rank - b.rank)) {
    if (!wasAsked(run, to.server, question)) {
      if (left <= 0) {
        short.set(zone.key, zone);
        continue;
      }
      left -= 1;
    }
    to.questions.push(question);
  }
  for (const zone of short.values()) tellLimit(run, zone.key, 'MAX_SURVEY_QUERIES');
  return shares;
}

async function surveyZone(
  run: Run,
  { zone, shown }: ZonePlan,
  shares: readonly ServerShare[],
): Promise<readonly ServerAnswer[]> {
  const answers = await Promise.all(shares.map((each) => surveyServer(run, zone, each)));
  run.emit({
    kind: 'survey',
    survey: {
      zone: zone.zone.key,
      security: zone.security,
      servers: shares.map(({ server }, index) => ({
        server: server.name,
        address: server.address,
        questions: (answers[index] ?? []).filter(shown).map(serverQuestion),
      })),
    },
  });
  for (const ofServer of answers) tellNoticed(run, ofServer);
  return answers.flat();
}

/** The SOA first: who is silent then is not asked everything else. */
async function surveyServer(
  run: Run,
  zone: ZoneServers,
  { server, questions }: ServerShare,
): Promise<readonly ServerAnswer[]> {
  const ask = async (asked: readonly SurveyQuestion[]): Promise<readonly ServerAnswer[]> => {
    return Promise.all(asked.flatMap((question) => askServer(run, zone, server, question) ?? []));
  };
  const isKnown = (question: SurveyQuestion): boolean =>
    isFirst(question, zone) || wasAsked(run, server, question);
  const known = await ask(questions.filter(isKnown));
  const answered = (transport: 'udp' | 'tcp'): boolean =>
    known.some((answer) => answer.transport === transport && answer.raw.length > 0);
  const rest = questions.filter(
    (question) => !wasAsked(run, server, question) && answered(question.transport),
  );
  const [more, plain] = await Promise.all([
    ask(rest),
    answered('udp') ? [] : tryPlainly(run, zone, server, known),
  ]);
  return [...known, ...more, ...plain];
}

function isFirst({ name, type }: SurveyQuestion, { zone }: ZoneServers): boolean {
  return type === TYPE.SOA && name.key === zone.key;
}

/** Some firewalls drop what carries EDNS: then the server is not dead. */
async function tryPlainly(
  run: Run,
  zone: ZoneServers,
  server: ServerAddress,
  known: readonly ServerAnswer[],
): Promise<readonly ServerAnswer[]> {
  if (!known.some(({ failure }) => failure?.kind === 'timeout')) return [];
  const question = { name: zone.zone, type: TYPE.SOA, transport: 'udp' } as const;
  const plain = await askPlainly(run, zone, server, question);
  // Signatures were not asked for.
  return plain.raw.length > 0 ? [{ ...plain, observations: [] }] : [];
}

/**
 * What is wrong with single answers. Of a server that signs nothing at all that is said once, by what it
 * sent; and what is wrong with the server itself its answers tell.
 */
function tellNoticed(run: Run, answers: readonly ServerAnswer[]): void {
  const judged = answers.filter(({ rcode }) => rcode !== null);
  const signsNothing = judged.length > 0 && judged.every(({ signed }) => !signed);
  const noticed = answers
    .flatMap(({ observations }) => observations)
    .filter(({ code }) => !code.startsWith('server-'))
    .filter(({ code }) => !signsNothing || (code !== 'rrsig-missing' && code !== 'denial-invalid'));
  tellObservations(run, noticed);
}
