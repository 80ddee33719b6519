/** Prints an HTML report as PDF in a hidden window that runs no script and reaches nothing but the report. */
import { BrowserWindow, session, type Session } from 'electron';
import { guardSession } from './web-contents-guard.ts';

/** Of a scheme that is served in this session alone, by the handler below. */
const DOCUMENT = 'app://report/';
/** In memory; nothing of it is ever written. */
const PARTITION = 'report';
/** Milliseconds; a report of a hundred hosts takes some seconds. */
const TIMEOUT_MS = 60_000;
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; sandbox";

let ready: Session | null = null;
let document = '';
let last: Promise<unknown> = Promise.resolve();

/** One after the other. Gives a sentence where it could not be done; an abort of `signal` ends it. */
export function printReport(html: string, signal: AbortSignal): Promise<Uint8Array | string> {
  const printing = last.then(() => printNow(html, signal));
  last = printing;
  return printing;
}

async function printNow(html: string, signal: AbortSignal): Promise<Uint8Array | string> {
  if (signal.aborted) return CLOSED;
  ready ??= reportSession();
  document = html;
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      session: ready,
      javascript: false,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let close = (): void => undefined;
  const stopped = new Promise<string>((resolve) => {
    timer = setTimeout(() => {
      resolve(`The PDF was not ready within ${TIMEOUT_MS / 1000} seconds. Save HTML instead.`);
    }, TIMEOUT_MS);
    close = () => {
      resolve(CLOSED);
    };
    signal.addEventListener('abort', close, { once: true });
  });
  try {
    return await Promise.race([print(window), stopped]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', close);
    document = '';
    if (!window.isDestroyed()) window.destroy();
  }
}

const CLOSED = 'The window was closed before the PDF was ready.';

async function print(window: BrowserWindow): Promise<Uint8Array | string> {
  try {
    await window.loadURL(DOCUMENT);
    return await window.webContents.printToPDF({
      printBackground: true,
      preferCSSPageSize: true,
      pageSize: 'A4',
      displayHeaderFooter: true,
      headerTemplate: NOTHING,
      footerTemplate: PAGE_NUMBER,
    });
  } catch (error) {
    if (window.isDestroyed()) return CLOSED;
    const what = error instanceof Error ? error.message : 'unknown reason';
    return `The PDF could not be made (${what}). Save HTML instead.`;
  }
}

/** Chromium fills in what has these classes; it prints its own title and address where nothing is given. */
const NOTHING = '<span></span>';
const PAGE_NUMBER =
  '<div style="width: 100%; font: 8px sans-serif; color: #566170; text-align: center">' +
  '<span class="pageNumber"></span> / <span class="totalPages"></span></div>';

function reportSession(): Session {
  const own = session.fromPartition(PARTITION, { cache: false });
  guardSession(own);
  own.webRequest.onBeforeRequest(({ url }, decide) => {
    decide({ cancel: url !== DOCUMENT && !url.startsWith('data:image/') });
  });
  own.protocol.handle('app', ({ url }) =>
    url === DOCUMENT
      ? new Response(document, {
          headers: {
            'content-type': 'text/html; charset=utf-8',
            'content-security-policy': POLICY,
            'x-content-type-options': 'nosniff',
            'referrer-policy': 'no-referrer',
            'cache-control': 'no-store',
          },
        })
      : new Response('', { status: 404 }),
  );
  return own;
}
