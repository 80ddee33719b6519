/** A raw message as text, and the command that asks for it again. */
import { fromHex } from '../../shared/dns/bytes.ts';
import { viewMessage } from '../../shared/dns/message-view.ts';
import { digCommand, nameServer } from '../../shared/elsewhere/command-dns.ts';
import type { Report, ServerQuestion } from '../../shared/inspection/report.ts';
import { words } from '../words/words.ts';
import type { CopyChoice } from './copy-menu.tsx';
import { hexDump } from './hex-dump.ts';
import { fieldsText } from './message-text.ts';

const said = words.details.raw;

/** `raw` in hex; empty gives none. */
export function messageTexts(raw: string): readonly CopyChoice[] {
  if (raw === '') return [];
  return [
    { ...said.asFields, text: () => fieldsText(viewMessage(fromHex(raw) ?? new Uint8Array(0))) },
    { ...said.asDump, text: () => `${hexDump(raw)}\n` },
    { ...said.asHex, text: () => raw },
  ];
}

export function messageChoices(
  report: Report,
  address: string,
  question: ServerQuestion,
): readonly CopyChoice[] {
  const command = questionCommand(report, address, question);
  return [...messageTexts(question.raw), { ...said.asCommand, text: () => `${command}\n` }];
}

/** Puts the same question to the same server. */
export function questionCommand(
  report: Report,
  address: string,
  { name, type, transport }: Pick<ServerQuestion, 'name' | 'type' | 'transport'>,
): string {
  return digCommand({ name, type }, nameServer(report, address, transport === 'tcp'));
}
