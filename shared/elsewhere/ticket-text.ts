/** A ticket as plain text for a mail: lines that no mail program breaks, commands and zone-file lines unbroken. */
import { enumerate } from '../findings/facts.ts';
import { printable } from '../findings/safe-text.ts';
import type { HostReport, Report } from '../inspection/report.ts';
import type { TicketGroup, TicketMender } from './ticket-groups.ts';
import type { Proof, TicketItem } from './ticket-items.ts';

/** Characters of a line of prose: RFC 5322 §2.1.1 advises 78, and a reply quotes it with `> `. */
const LINE = 72;
/** Points told in full; what more there is, is of the same kind or milder. */
const MAX_POINTS = 12;
/** Further ones that are named. */
const MAX_TITLES = 40;
/** Characters of a line that is not broken; longer ones hold nothing that anyone reads. */
const MAX_UNBROKEN = 2_000;
/** Names in a sentence. */
const MAX_HOSTS = 4;

export function ticketText(
  report: Report,
  group: TicketGroup,
  items: readonly TicketItem[],
  subject: string,
): string {
  const told = items.slice(0, MAX_POINTS);
  const blocks = [
    [`Subject: ${subject}`],
    wrapped(addressee(group)),
    wrapped(opening(report, group, items)),
    ...told.flatMap((item, index) => pointBlocks(report, item, index + 1)),
    ...leftOut(items.slice(MAX_POINTS)),
    ...changeBlocks(told),
    heading('About this report'),
    wrapped(limitsOf(report, group)),
    [`Made by DANE Inspector ${printable(report.tool.version)}.`],
  ];
  return `${blocks.map((block) => block.map(cut).join('\n')).join('\n\n')}\n`;
}

export function ticketSubject(
  { about, mender }: TicketGroup,
  items: readonly TicketItem[],
): string {
  const [worst] = items;
  const more = items.length - 1;
  const rest = more > 0 ? ` (and ${more} more)` : '';
  return `${printable(about)}, ${TOPICS[mender]}: ${printable(worst?.title ?? '')}${rest}`;
}

const TOPICS: Readonly<Record<TicketMender, string>> = {
  'DNS operator': 'name servers',
  'mail host': 'mail hosts',
  'domain owner': 'mail domain',
};

function addressee({ mender, about, hosts }: TicketGroup): string {
  switch (mender) {
    case 'DNS operator':
      return `To whoever runs the name servers of the zone ${printable(about)}`;
    case 'mail host':
      return `To whoever runs the mail ${hosts.length === 1 ? 'host' : 'hosts'} ${hostNames(hosts) || printable(about)}`;
    case 'domain owner':
      return `To the owner of the domain ${printable(about)}`;
  }
}

function hostNames(hosts: readonly HostReport[]): string {
  const names = hosts.slice(0, MAX_HOSTS).map(({ name }) => printable(name));
  const more = hosts.length - names.length;
  return enumerate(more > 0 ? [...names, `${more} more`] : names);
}

function opening(
  report: Report,
  { mender, hosts }: TicketGroup,
  items: readonly TicketItem[],
): string {
  const { length: count } = items;
  const ways =
    mender === 'domain owner' || hosts.length === 0
      ? ''
      : ` It is handed to ${hosts.length === 1 ? 'the host' : 'hosts, among them'} ${hostNames(hosts)}.`;
  const shown = items.some(({ proofs }) => proofs.length > 0)
    ? ' The commands show it to anyone who puts the questions again.'
    : '';
  return `On ${instant(report.startedAt)} mail to ${printable(report.domain)} was looked at as a sender sees it that checks mail hosts by DANE (RFC 7672).${ways} ${count === 1 ? 'One thing was found that is yours to mend.' : `${count} things were found that are yours to mend.`}${shown}`;
}

function pointBlocks(
  report: Report,
  item: TicketItem,
  number: number,
): readonly (readonly string[])[] {
  const blocks: (readonly string[])[] = [heading(`${number}. ${item.title}`), wrapped(item.what)];
  if (item.seenAt.length > 0) {
    blocks.push([
      `Seen on ${instant(report.startedAt)}, at:`,
      ...item.seenAt.map((server) => `  ${server}`),
    ]);
  }
  if (item.proofs.length > 0)
    blocks.push(['To see it:', ...alike(item.proofs).flatMap(proofLines)]);
  if (item.consequence !== '')
    blocks.push(['What comes of it for mail:', ...wrapped(item.consequence)]);
  blocks.push([
    item.rules.length === 1 ? 'The rule:' : 'The rules:',
    ...item.rules.flatMap((rule) => wrapped(rule, '  ')),
  ]);
  return blocks;
}

/** Commands that show the same stand together. */
function alike(proofs: readonly Proof[]): readonly (readonly Proof[])[] {
  const groups = new Map<string, Proof[]>();
  for (const proof of proofs) {
    const key = `${proof.now}\n${proof.right ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), proof]);
  }
  return [...groups.values()];
}

/** Indented, so that a command is copied whole. */
function proofLines(proofs: readonly Proof[]): readonly string[] {
  const [first] = proofs;
  if (first === undefined) return [];
  return [
    ...proofs.map(({ command }) => `  ${command}`),
    ...wrapped(`now: ${first.now}`, '      '),
    ...(first.right === null ? [] : wrapped(`right: ${first.right}`, '      ')),
  ];
}

/** By name alone. */
function leftOut(items: readonly TicketItem[]): readonly (readonly string[])[] {
  if (items.length === 0) return [];
  const titles = items.slice(0, MAX_TITLES).map(({ title }) => `  ${printable(title)}`);
  const more = items.length - titles.length;
  return [['Also found:', ...titles, ...(more > 0 ? [`  and ${more} more`] : [])]];
}

/** What several points share is told once. */
function changeBlocks(items: readonly TicketItem[]): readonly (readonly string[])[] {
  const texts = new Map<
    string,
    { readonly numbers: number[]; readonly lines: readonly string[] }
  >();
  items.forEach(({ change }, index) => {
    if (change.length === 0) return;
    const key = change.join('\n');
    const text = texts.get(key) ?? { numbers: [], lines: change };
    text.numbers.push(index + 1);
    texts.set(key, text);
  });
  if (texts.size === 0) return [];
  return [
    heading('What to change'),
    ...[...texts.values()].map(({ numbers, lines }) => [
      ...(items.length === 1 ? [] : [`For ${enumerate(numbers.map(String))}:`]),
      ...lines.map((line) => printable(line)),
    ]),
  ];
}

function limitsOf({ startedAt, at, tool }: Report, { mender }: TicketGroup): string {
  const judged =
    Math.abs(Date.parse(at) - Date.parse(startedAt)) > A_MINUTE_MS
      ? `, and signatures and certificates were judged as of ${instant(at)}`
      : '';
  const asked =
    tool.resolver === 'iterative'
      ? 'Every server was asked by itself, and every signature checked from the root down'
      : `It was asked by way of the resolver ${printable(tool.resolver)}, and every signature checked from the root down`;
  const unknown =
    mender === 'DNS operator'
      ? 'Which software these servers run was not looked at.'
      : mender === 'mail host'
        ? 'Which software these hosts run was not looked at.'
        : '';
  return `${asked}, from one place, on ${instant(startedAt)}${judged}. Something may have been changed since, or be answered otherwise elsewhere; the commands tell what is so now. ${unknown}`.trimEnd();
}

const A_MINUTE_MS = 60_000;

/** `2026-11-24 at 15:03 UTC`; what is no instant stays as it is. */
function instant(text: string): string {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(text);
  return match === null ? printable(text) : `${match[1]} at ${match[2]} UTC`;
}

function heading(text: string): readonly string[] {
  const lines = wrapped(text);
  return [...lines, '-'.repeat(Math.min(LINE, Math.max(...lines.map(({ length }) => length))))];
}

/** Breaks at blanks alone: a name or a command is never torn apart. */
function wrapped(text: string, indent = ''): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of printable(text).split(/ +/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && indent.length + longer.length > LINE) {
      lines.push(indent + line);
      line = word;
    } else line = longer;
  }
  return [...lines, indent + line];
}

function cut(line: string): string {
  return line.length <= MAX_UNBROKEN
    ? line
    : `${line.slice(0, MAX_UNBROKEN)} … (${line.length - MAX_UNBROKEN} more characters)`;
}
