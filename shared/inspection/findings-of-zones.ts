/** Findings about servers of one zone that contradict one another, or themselves over UDP and TCP (RFC 1034 §4.3.5). */
import { makeFinding } from '../findings/catalogue.ts';
import type { FindingCode } from '../findings/codes.ts';
import type { Finding } from '../findings/finding.ts';
import type { ServerQuestion, ZoneSurvey } from './report.ts';
import { isUsable, type ServerFacts } from './server-facts.ts';

/** `facts`: servers that do serve the zone. */
export function zoneDisagreements(
  survey: ZoneSurvey,
  facts: readonly ServerFacts[],
): readonly Finding[] {
  const asked = survey.servers.flatMap(({ questions }) => questions);
  const subjects = new Map(
    asked.map(({ name, type }) => [`${name} ${type}`, { name, type }] as const),
  );
  return [...subjects.values()].flatMap(({ name, type }) => {
    const code = CODES.get(type);
    if (code === undefined) return [];
    const sayings = facts.flatMap((each) => sayingsOf(each, name, type));
    return disagreement(code, survey.zone, name, type, sayings);
  });
}

const CODES: ReadonlyMap<string, FindingCode> = new Map([
  ['SOA', 'soa-servers-disagree'],
  ['DNSKEY', 'dnskey-servers-disagree'],
  ['MX', 'mx-servers-disagree'],
  ['A', 'address-servers-disagree'],
  ['AAAA', 'address-servers-disagree'],
]);

interface Saying {
  readonly server: string;
  readonly address: string;
  readonly transport: 'udp' | 'tcp';
  readonly value: string;
  readonly question: ServerQuestion;
}

function sayingsOf(
  { server, address, questions }: ServerFacts,
  name: string,
  type: string,
): readonly Saying[] {
  return questions
    .filter((each) => each.name === name && each.type === type && isCompared(each))
    .map((question) => {
      const { transport } = question;
      return { server, address, transport, value: valueOf(question), question };
    });
}

/**
 * What no validating sender would take is told as such. Serial and keys of a lagging server are its
 * trouble also when its signatures have expired meanwhile.
 */
function isCompared(question: ServerQuestion): boolean {
  if (!isUsable(question) || question.answer === 'referral') return false;
  if (question.type === 'SOA' || question.type === 'DNSKEY') return question.answer === 'answer';
  return question.security !== 'bogus';
}

function valueOf({ type, records }: ServerQuestion): string {
  if (records.length === 0) return 'none';
  // RFC 1035 §3.3.13: MNAME RNAME SERIAL …
  if (type === 'SOA') return records.map((record) => record.split(' ')[2] ?? '').join(', ');
  return records.join(', ');
}

function disagreement(
  code: FindingCode,
  zone: string,
  name: string,
  type: string,
  sayings: readonly Saying[],
): readonly Finding[] {
  const values = [...new Set(sayings.map(({ value }) => value))];
  if (values.length < 2) return [];
  const groups = values.map((value) => ({
    value,
    members: sayings.filter((each) => each.value === value),
  }));
  const smallest = [...groups].sort((a, b) => a.members.length - b.members.length)[0];
  const odd = smallest?.members[0]?.question;
  return [
    makeFinding(code, name, {
      zone,
      type,
      groups: groups.map(({ value, members }) => {
        const labels = members.map((each) => labelOf(each, sayings));
        return `${[...new Set(labels)].join(', ')}: ${shortened(type, value)}`;
      }),
      addresses: [...new Set(sayings.map(({ address }) => address))],
      transports: [...new Set(odd === undefined ? [] : [odd.transport])],
      raw: odd?.raw ?? '',
    }),
  ];
}

/** The transport only where the server does not say the same over both. */
function labelOf({ server, address, transport }: Saying, sayings: readonly Saying[]): string {
  const own = sayings.filter((each) => each.address === address);
  const same = new Set(own.map(({ value }) => value)).size < 2;
  return `${server} (${address}${same ? '' : `, over ${transport.toUpperCase()}`})`;
}

/** Enough of a key to tell it from another. */
const KEY_CHARACTERS = 16;

function shortened(type: string, value: string): string {
  if (type !== 'DNSKEY') return value;
  return value
    .split(', ')
    .map((key) => {
      const [flags, protocol, algorithm, ...data] = key.split(' ');
      const text = data.join('');
      return [flags, protocol, algorithm, text.slice(-KEY_CHARACTERS)].join(' ');
    })
    .join(', ');
}
