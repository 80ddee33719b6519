/** The points of a ticket about names above a TLSA record, from what each server answered (RFC 8020, 8198, 9156). */
import type { Finding } from '../findings/finding.ts';
import { enumerate } from '../findings/facts.ts';
import { printable } from '../findings/safe-text.ts';
import { erasureAt } from '../inspection/ancestor-standing.ts';
import { coveringQuestions } from '../inspection/covering-questions.ts';
import type { AncestorReport, HostReport, Report, ServerQuestion } from '../inspection/report.ts';
import { digCommand, nameServer } from './command-dns.ts';
import { hostOfFinding, type TicketGroup } from './ticket-groups.ts';
import type { Proof, TicketItem } from './ticket-items.ts';
import { ANCESTOR_TICKET_WORDS, type AncestorFault } from './ticket-words.ts';

/** Points in the order of the findings; names that are answered for alike by the same servers are one. */
export function ancestorItems(
  report: Report,
  { findings, about }: TicketGroup,
): readonly TicketItem[] {
  const points = new Map<string, Point>();
  for (const finding of findings) {
    const host = hostOfFinding(report, finding);
    if (host === null || !isAncestorFault(finding.code)) continue;
    const cells = cellsOf(host, finding);
    const erasure = erasureAt(host, finding.subject);
    const proven = cells.some((cell) => cell.proven);
    const servers = cells.map(({ server, address }) => `${server} (${address})`);
    const key = [finding.code, erasure, proven, ...servers].join(' ');
    const point = points.get(key) ?? { code: finding.code, erasure, proven, servers, names: [] };
    // Two hosts may have their records behind one alias.
    if (point.names.every((each) => each.finding.subject !== finding.subject)) {
      point.names.push({ finding, host, cells });
    }
    points.set(key, point);
  }
  return [...points.values()].map((point) => itemOf(report, point, about));
}

interface Point {
  readonly code: AncestorFault;
  readonly erasure: ReturnType<typeof erasureAt>;
  readonly proven: boolean;
  readonly servers: readonly string[];
  readonly names: {
    readonly finding: Finding;
    readonly host: HostReport;
    readonly cells: readonly AncestorReport[];
  }[];
}

function isAncestorFault(code: Finding['code']): code is AncestorFault {
  return Object.hasOwn(ANCESTOR_TICKET_WORDS, code);
}

/** Names told one by one; a zone with thirty mail hosts has the same fault thirty times. */
const NAMES_SHOWN = 3;
/** Servers whose commands are written out; the others are listed. */
const SERVERS_SHOWN = 4;

function itemOf(
  report: Report,
  { code, erasure, proven, servers, names }: Point,
  zone: string,
): TicketItem {
  const words = ANCESTOR_TICKET_WORDS[code];
  const all = names.map(({ finding }) => printable(finding.subject));
  const more = all.length - NAMES_SHOWN;
  const told = more > 0 ? [...all.slice(0, NAMES_SHOWN), `${more} more`] : all;
  const [first] = names;
  const below = first === undefined ? '' : recordOwner(first.host);
  const reason = first?.cells.find((cell) => reasonOf(code, cell) !== '');
  const about = {
    names: enumerate(told),
    one: all.length === 1,
    below: printable(below),
    zoneKey: zone,
    keys: names.slice(0, NAMES_SHOWN).map(({ finding }) => finding.subject),
    reason: reason === undefined ? '' : printable(reasonOf(code, reason)),
    only: first === undefined ? '' : onlyFor(code, first.cells),
    everywhere: erasure !== null,
    proven,
    signed: first?.host.tlsa.security === 'secure',
  };
  return {
    title: words.title(about),
    what: words.what(about),
    seenAt: servers.map(printable),
    proofs: names
      .slice(0, NAMES_SHOWN)
      .flatMap(({ finding, host, cells }) => [
        ...cells
          .slice(0, SERVERS_SHOWN)
          .flatMap((cell) => proofsOf(report, code, finding.subject, cell)),
        ...recordBelow(report, host, cells),
      ]),
    consequence: words.consequence(about),
    rules: words.rules(about),
    change: words.change(about),
  };
}

function cellsOf(host: HostReport, { code, subject, data }: Finding): readonly AncestorReport[] {
  const told = data['addresses'];
  const isTold = ({ address }: AncestorReport): boolean =>
    Array.isArray(told) ? told.includes(address) : true;
  const cells = host.ancestors.filter((cell) =>
    code === 'ancestor-denied'
      ? cell.coveredNames.includes(subject)
      : cell.name === subject && questionOf(code, cell) !== undefined,
  );
  // One question a server shows it.
  return [...new Map(cells.filter(isTold).map((cell) => [cell.address, cell])).values()];
}

/** The question that shows what is wrong at one server; undefined where nothing is, or nothing was kept. */
export function faultQuestion(report: Report, cell: AncestorReport): ServerQuestion | undefined {
  const { fault, coveredNames, name } = cell;
  if (fault === null) return undefined;
  if (fault !== 'ancestor-denied') return questionOf(fault, cell);
  return coveringQuestions(report, cell, coveredNames[0] ?? name).questions[0];
}

/** The question that shows the fault; over UDP if that does. */
function questionOf(
  code: Finding['code'],
  { questions }: AncestorReport,
): ServerQuestion | undefined {
  const shown = questions.filter((question) => shows(code, question));
  return shown.find(({ transport }) => transport === 'udp') ?? shown[0];
}

function shows(code: Finding['code'], { answer, security, truncated }: ServerQuestion): boolean {
  switch (code) {
    case 'ancestor-nxdomain':
      return answer === 'nxdomain';
    case 'ancestor-bogus':
      return security === 'bogus' && answer !== 'none';
    case 'ancestor-lookup-failed':
      return answer === 'none' && !truncated;
    default:
      return answer === 'nxdomain' || answer === 'empty';
  }
}

function proofsOf(
  report: Report,
  code: AncestorFault,
  name: string,
  cell: AncestorReport,
): readonly Proof[] {
  const covering = code === 'ancestor-denied' ? coveringQuestions(report, cell, name) : null;
  const questions = covering?.questions ?? [questionOf(code, cell) ?? []].flat();
  return questions.map((question) => {
    const { now, right } = ANCESTOR_TICKET_WORDS[code].answer(printable(name), {
      status: statusOf(question),
      reason: printable(question.reason),
      record: covering?.type ?? 'NSEC or NSEC3',
      among: questions.length,
    });
    return { command: digOf(report, cell.address, question), now, right };
  });
}

/** A reply has a status that dig prints; everything else is a reply that did not come, or cannot be read. */
function statusOf({ rcode, size }: ServerQuestion): string | null {
  return size === null || !/^[A-Z]+$/.test(rcode) || NO_STATUS.has(rcode) ? null : rcode;
}

const NO_STATUS: ReadonlySet<string> = new Set(['TIMEOUT', 'MALFORMED', 'LIMIT', 'CLOSED']);

function digOf(report: Report, address: string, { name, type, transport }: ServerQuestion): string {
  return digCommand({ name, type }, nameServer(report, address, transport === 'tcp'));
}

/** The records below, best at a server that denies the way there: once a name is enough. */
function recordBelow(
  report: Report,
  host: HostReport,
  cells: readonly AncestorReport[],
): readonly Proof[] {
  const isFaulty = ({ address }: AncestorReport): boolean =>
    cells.some((cell) => cell.address === address);
  const shown = host.ancestors
    .filter(({ name }) => name === recordOwner(host))
    .flatMap((cell) =>
      cell.questions
        .filter(({ answer, type }) => answer === 'answer' && type === 'TLSA')
        .map((question) => ({ cell, question })),
    );
  const best = shown.find(({ cell }) => isFaulty(cell)) ?? shown[0];
  if (best === undefined) return [];
  return [
    {
      command: digOf(report, best.cell.address, best.question),
      now: 'status: NOERROR, with the TLSA records that are below',
      right: null,
    },
  ];
}

/** Where the alias chain of the TLSA name ends. */
function recordOwner({ tlsa }: HostReport): string {
  return tlsa.cname.at(-1) ?? tlsa.name;
}

function reasonOf(code: AncestorFault, cell: AncestorReport): string {
  return questionOf(code, cell)?.reason ?? cell.reason;
}

/** `NS over UDP`, where the same servers answer rightly when asked otherwise; empty where all questions fare alike. */
function onlyFor(code: AncestorFault, cells: readonly AncestorReport[]): string {
  if (code === 'ancestor-denied') return '';
  const counted = cells.flatMap(({ questions }) => questions.filter(({ truncated }) => !truncated));
  const faulty = counted.filter((question) => shows(code, question));
  if (faulty.length === 0 || faulty.length === counted.length) return '';
  const kinds = faulty.map(({ type, transport }) => `${type} over ${transport.toUpperCase()}`);
  return enumerate([...new Set(kinds)].map(printable));
}
