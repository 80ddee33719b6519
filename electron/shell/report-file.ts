/** Saves a report where the person says; what was there before stays whole until the new file is. */
import { extname } from 'node:path';
import { existsSync } from 'node:fs';
import type { ReportFormat, ReportRequest, SaveReply } from '../../shared/ipc/contract.ts';
import { writeReason } from './system-reason.ts';

export interface ReportPorts {
  /** Asks where to; null when the person thinks better of it. */
  choosePath(suggestion: PathSuggestion): Promise<string | null>;
  /** A sentence where it cannot be printed. */
  print(html: string): Promise<Uint8Array | string>;
  /** A case file of this run; null when its evidence is not kept any more. */
  caseFile(runId: string): Uint8Array | null;
  /** Whole or not at all. */
  write(path: string, content: string | Uint8Array): Promise<void>;
}

export interface PathSuggestion {
  readonly name: string;
  readonly kind: { readonly name: string; readonly extensions: readonly string[] };
}

export async function saveReport(
  { domain, at, content }: ReportRequest,
  ports: ReportPorts,
): Promise<SaveReply> {
  const { name, extensions } = KINDS[content.format];
  const [extension = ''] = extensions;
  const chosen = await ports.choosePath({
    name: `${fileName(domain)}-dane-${at.slice(0, ISO_DATE)}.${extension}`,
    kind: { name, extensions },
  });
  if (chosen === null) return { kind: 'cancelled' };
  const path = withExtension(chosen, extension);
  const made = await make(content, ports);
  if (!made.ok) return { kind: 'failed', message: made.message };
  try {
    await ports.write(path, made.content);
    return { kind: 'saved', path };
  } catch (error) {
    const message = `${path} could not be written: ${writeReason(error)}. Nothing is lost; save it again somewhere else.`;
    return { kind: 'failed', message };
  }
}

type Made =
  | { readonly ok: true; readonly content: string | Uint8Array }
  | { readonly ok: false; readonly message: string };

async function make(content: ReportRequest['content'], ports: ReportPorts): Promise<Made> {
  if (content.format === 'case') {
    const octets = ports.caseFile(content.runId);
    if (octets !== null) return { ok: true, content: octets };
    return {
      ok: false,
      message:
        'The evidence of this inspection is not kept: another one came after it, or it was too much. Inspect again, then save it.',
    };
  }
  if (content.format !== 'pdf') return { ok: true, content: content.text };
  const printed = await ports.print(content.text);
  return typeof printed === 'string'
    ? { ok: false, message: printed }
    : { ok: true, content: printed };
}

const KINDS: Readonly<Record<ReportFormat, PathSuggestion['kind']>> = {
  html: { name: 'Web page', extensions: ['html', 'htm'] },
  pdf: { name: 'PDF', extensions: ['pdf'] },
  markdown: { name: 'Markdown', extensions: ['md'] },
  csv: { name: 'Table', extensions: ['csv'] },
  json: { name: 'JSON', extensions: ['json'] },
  case: { name: 'Case file', extensions: ['danecase'] },
};

/** `2026-11-29` of an instant. */
const ISO_DATE = 10;
/** Characters; systems allow 255 octets for the whole. */
const MAX_NAME = 100;

/** Characters that every system takes in a file name. */
function fileName(domain: string): string {
  const name = domain.replaceAll(/[^A-Za-z0-9._-]/g, '_').replace(/^[.-]/, '_');
  return name.slice(0, MAX_NAME) || 'report';
}

/** Some dialogs leave it out. Nobody was asked whether a file of the longer name may be replaced. */
function withExtension(path: string, extension: string): string {
  const longer = `${path}.${extension}`;
  return extname(path) === '' && !existsSync(longer) ? longer : path;
}
