/** What the window asks about reports and case files, done with the dialogs of the system. */
import { basename } from 'node:path';
import { dialog, type BrowserWindow } from 'electron';
import writeFileAtomic from 'write-file-atomic';
import { CASE_EXTENSION } from '../../shared/export/case-file.ts';
import type {
  CaseReply,
  CaseRequest,
  ReportRequest,
  SaveReply,
} from '../../shared/ipc/contract.ts';
import { CaseHost } from './case-host.ts';
import { readCaseOctets } from './case-octets.ts';
import type { OpenedFilesQueue } from './opened-files.ts';
import { saveReport, type PathSuggestion } from './report-file.ts';
import { printReport } from './report-pdf.ts';

export class ReportHost {
  readonly cases = new CaseHost();
  readonly #window: BrowserWindow;
  readonly #openedFiles: OpenedFilesQueue;
  readonly #closing = new AbortController();

  constructor(window: BrowserWindow, openedFiles: OpenedFilesQueue) {
    this.#window = window;
    this.#openedFiles = openedFiles;
    window.on('closed', () => {
      this.#closing.abort();
      this.cases.stop();
    });
  }

  save(request: ReportRequest): Promise<SaveReply> {
    return saveReport(request, {
      choosePath: (suggestion) => choosePath(this.#window, suggestion),
      print: (html) => printReport(html, this.#closing.signal),
      caseFile: (runId) => this.cases.caseFile(runId),
      write: (path, content) =>
        writeFileAtomic(path, typeof content === 'string' ? content : Buffer.from(content)),
    });
  }

  async open(request: CaseRequest): Promise<CaseReply> {
    if (request.from === 'drop') return this.cases.open(request.name, request.octets);
    const path =
      request.from === 'waiting' ? this.#openedFiles.takeCase() : await chooseCase(this.#window);
    if (path === null) return { kind: 'none' };
    return this.cases.open(basename(path), await readCaseOctets(path));
  }
}

async function choosePath(
  window: BrowserWindow,
  { name, kind }: PathSuggestion,
): Promise<string | null> {
  const choice = await dialog.showSaveDialog(window, {
    title: 'Save the report',
    defaultPath: name,
    filters: [{ name: kind.name, extensions: [...kind.extensions] }],
  });
  const path = choice.filePath ?? '';
  return choice.canceled || path === '' ? null : path;
}

async function chooseCase(window: BrowserWindow): Promise<string | null> {
  const choice = await dialog.showOpenDialog(window, {
    title: 'Open a case',
    filters: [{ name: 'Case file', extensions: [CASE_EXTENSION.slice(1)] }],
    properties: ['openFile'],
  });
  return choice.canceled ? null : (choice.filePaths[0] ?? null);
}
