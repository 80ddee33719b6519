/** One row for each name above a TLSA record at each server: the worst of what it answered there (RFC 8020, 8198, 9156). */
import { isStrictSubdomainOf, isSubdomainOf, type Name } from '../../shared/dns/name.ts';
import { TYPE, typeToText } from '../../shared/dns/record-type.ts';
import { assertNever } from '../../shared/failure.ts';
import type { AncestorReport } from '../../shared/inspection/report.ts';
import type { ServerAddress, ServerAnswer } from '../resolver/resolver.ts';
import type { Grid } from './ancestors.ts';
import { kindOf, rcodeOf, serverQuestion } from './server-question.ts';
import { tlsaServersOf } from './tlsa-servers.ts';

/**
 * `answers` are all that the zone's servers gave, whatever was asked: any denial may cover a name.
 * `exists`: TLSA records (or an alias) are known at the owner, so every name above must be there.
 */
export function ancestorRows(
  grid: Grid,
  answers: readonly ServerAnswer[],
  host: Name,
  exists: boolean,
): readonly AncestorReport[] {
  const known =
    exists || tlsaServersOf(grid.owner, answers).some((server) => server.records.length > 0);
  return grid.names.flatMap((name) =>
    grid.servers.flatMap((server) => {
      const there = answers.filter((each) => each.server.address === server.address);
      const [first, ...more] = there.filter((each) => isQuestionFor(grid, name, each));
      if (first === undefined) return [];
      // Without TLSA records only the host itself and what is above it is known to exist.
      const mustExist = known || isSubdomainOf(host, name);
      const covered = coveredAt(grid, name, there, (each) => known || isSubdomainOf(host, each));
      return [row(grid, server, [first, ...more], mustExist, covered)];
    }),
  );
}

/** TLSA at the TLSA name itself, A and NS above it. */
function isQuestionFor({ owner }: Grid, name: Name, answer: ServerAnswer): boolean {
  if (answer.name.key !== name.key) return false;
  if (name.key === owner.key) return answer.type === TYPE.TLSA;
  return answer.type === TYPE.A || answer.type === TYPE.NS;
}

/**
 * Names that exist and that a denial at this server covers. What came with a question for another name
 * (MX, AAAA, DNSKEY) counts too, and stands with the apex where it has no row of its own.
 */
function coveredAt(
  grid: Grid,
  name: Name,
  there: readonly ServerAnswer[],
  exists: (name: Name) => boolean,
): readonly Name[] {
  const isApex = name.key === grid.zone.zone.key;
  const hasRow = (answer: ServerAnswer): boolean =>
    grid.names.some((each) => each.key === answer.name.key);
  const above = grid.names.filter((each) => isStrictSubdomainOf(grid.owner, each) && exists(each));
  const concerned = there.filter((each) => (hasRow(each) ? each.name.key === name.key : isApex));
  const covered = concerned.flatMap((answer) =>
    answer.covers(
      servesRecords(grid, there) && !isAbout(grid, answer) ? [...above, grid.owner] : above,
    ),
  );
  return [...new Map(covered.map((each) => [each.key, each])).values()];
}

/** Where the server denies the TLSA name when asked for it, that is compared with the others, not judged here. */
function servesRecords({ owner }: Grid, there: readonly ServerAnswer[]): boolean {
  return there.some(
    (each) => each.name.key === owner.key && each.type === TYPE.TLSA && kindOf(each) === 'answer',
  );
}

function isAbout({ owner }: Grid, answer: ServerAnswer): boolean {
  return answer.name.key === owner.key;
}

type Fault = AncestorReport['fault'];

interface Judged {
  readonly answer: ServerAnswer;
  readonly fault: Fault;
}

function row(
  grid: Grid,
  server: ServerAddress,
  asked: readonly [ServerAnswer, ...ServerAnswer[]],
  mustExist: boolean,
  covered: readonly Name[],
): AncestorReport {
  const [first, ...more] = counted(asked).map((answer) => ({
    answer,
    fault: faultOf(grid, answer, mustExist),
  }));
  const worst = more.reduce(worse, first ?? { answer: asked[0], fault: null });
  const { answer } = worst;
  const covers = covered.length > 0;
  const fault = worst.fault ?? (covers ? 'ancestor-denied' : null);
  const kind = kindOf(answer);
  const sound = [first, ...more].filter((each) => each !== undefined && each.fault === null);
  return {
    name: answer.name.key,
    server: server.name,
    address: server.address,
    rcode: rcodeOf(answer),
    security: kind === 'none' || kind === 'referral' ? 'indeterminate' : answer.security,
    ok: fault === null && (kind !== 'none' || answer.truncated),
    fault,
    proven: answer.denies !== null && answer.security === 'secure',
    covers,
    coveredNames: covered.map(({ key }) => key),
    answer: kind === 'referral' ? 'empty' : kind,
    reason: `${scope(worst, sound.length > 0)}${reasonFor(answer, fault, covered)}`,
    raw: serverQuestion(answer).raw,
    questions: asked.map(serverQuestion),
  };
}

/**
 * What a resolver would not see says nothing: an answer cut off whose whole is known over TCP, and no
 * answer over TCP where the datagram was whole.
 */
function counted(asked: readonly ServerAnswer[]): readonly ServerAnswer[] {
  const overTcp = (type: number) =>
    asked.find((each) => each.type === type && each.transport === 'tcp');
  const overUdp = (type: number) =>
    asked.find((each) => each.type === type && each.transport === 'udp');
  return asked.filter((answer) => {
    if (answer.transport === 'udp') return !answer.truncated || overTcp(answer.type) === undefined;
    const datagram = overUdp(answer.type);
    return kindOf(answer) !== 'none' || datagram === undefined || datagram.truncated;
  });
}

function worse(a: Judged, b: Judged): Judged {
  return rank(b) > rank(a) ? b : a;
}

/** NXDOMAIN loses what is below; unproven it does so as bogus, which is worse than in silence. */
function rank({ answer, fault }: Judged): number {
  switch (fault) {
    case 'ancestor-nxdomain':
      return answer.security === 'secure' ? 4 : 5;
    case 'ancestor-bogus':
      return 3;
    case 'ancestor-denied':
      return 2;
    case 'ancestor-lookup-failed':
      return 1;
    case null:
      // At the TLSA name nothing is a fault; what is no answer must show all the same.
      return kindOf(answer) === 'none' && !answer.truncated ? 0.5 : 0;
    default:
      return assertNever(fault);
  }
}

function faultOf(grid: Grid, answer: ServerAnswer, mustExist: boolean): Fault {
  // What single servers say of the TLSA name itself is compared, not judged, here.
  if (answer.name.key === grid.owner.key || answer.truncated) return null;
  if (kindOf(answer) === 'none') return 'ancestor-lookup-failed';
  if (!mustExist) return null;
  // RFC 8020 §2: NXDOMAIN means that nothing is below either.
  if (answer.denies === 'name') return 'ancestor-nxdomain';
  return answer.security === 'bogus' ? 'ancestor-bogus' : null;
}

/** Which question it was, where another one is answered rightly. */
function scope({ answer, fault }: Judged, otherwiseSound: boolean): string {
  if (fault === null || !otherwiseSound) return '';
  return `asked for ${typeToText(answer.type)} over ${answer.transport.toUpperCase()}: `;
}

function reasonFor(answer: ServerAnswer, fault: Fault, covered: readonly Name[]): string {
  switch (fault) {
    case null:
      return serverQuestion(answer).reason;
    case 'ancestor-nxdomain':
      return `says that ${answer.name.key} does not exist, though there are names below it`;
    case 'ancestor-denied':
      return `a signed denial covers ${covered.map(({ key }) => key).join(', ')}, though it exists`;
    case 'ancestor-bogus':
      return answer.reason?.text ?? 'the answer does not validate';
    case 'ancestor-lookup-failed':
      return `no usable answer (${rcodeOf(answer)})`;
    default:
      return assertNever(fault);
  }
}
