/** The records of a look-up as lines of a zone file, and as commands that ask for them again. */
import {
  delvCommand,
  digCommand,
  givenResolver,
  nameServer,
} from '../../shared/elsewhere/command-dns.ts';
import { printable } from '../../shared/findings/safe-text.ts';
import type { LookUpReport, Report } from '../../shared/inspection/report.ts';
import { words } from '../words/words.ts';
import { lineOf, lookUpRecords, type AnswerGroup } from './record-answers.ts';

const said = words.details.records.copies;

/** RFC 1035 §5.1: who said it stands in comments, so that the whole can be loaded. */
export function zoneFileText(lookUp: LookUpReport, groups: readonly AnswerGroup[]): string {
  const question = `${lookUp.name} ${lookUp.type}`;
  if (groups.length === 0) {
    const lines = lookUpRecords(lookUp).map(lineOf);
    return text([comment(said.resolved(question, lookUp.rcode)), ...lines]);
  }
  return text(
    groups.flatMap(({ rcode, records, messages }, index) => [
      ...(index === 0 ? [] : ['']),
      comment(said.answered(question, rcode)),
      ...messages.map(({ server, address }) => comment(said.server(server, address))),
      ...records.map(lineOf),
    ]),
  );
}

/** One `dig` for each server; `delv` where none was asked by itself. */
export function recordCommands(
  report: Report,
  lookUp: LookUpReport,
  groups: readonly AnswerGroup[],
): string {
  const question = { name: lookUp.name, type: lookUp.type };
  const messages = groups.flatMap((group) => group.messages);
  if (messages.length === 0) {
    return text([delvCommand(question, { server: givenResolver(report) })]);
  }
  return text(
    messages.map(({ address, transport }) =>
      digCommand(question, nameServer(report, address, transport === 'tcp')),
    ),
  );
}

function comment(words: string): string {
  return `; ${words}`;
}

/** Text from the network can neither end a comment nor steer what it is pasted into. */
function text(lines: readonly string[]): string {
  return `${lines.map(printable).join('\n')}\n`;
}
