/** Serves the window's own files under `app://inspector/`, and nothing else, with a strict policy. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol, type Session } from 'electron';

export const APP_ORIGIN = 'app://inspector';
export const APP_PAGE = `${APP_ORIGIN}/index.html`;

const APP_SCHEME = 'app';
/** Stands in index.html where the nonce of each load goes. */
const NONCE_PLACEHOLDER = '__STYLE_NONCE__';
const NONCE_BYTES = 18;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** Must run before Electron is ready. `standard` gives the pages an origin, which `'self'` needs. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true } },
  ]);
}

export function serveApp(session: Session, folder: string): void {
  session.protocol.handle(APP_SCHEME, async (request) => {
    const path = fileFor(request.url, folder);
    const type = path === null ? undefined : CONTENT_TYPES[extname(path)];
    if (path === null || type === undefined) return notFound();
    try {
      const bytes = await readFile(path);
      return extname(path) === '.html' ? page(bytes.toString('utf8')) : file(bytes, type);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return notFound();
      throw error;
    }
  });
}

/** The file a URL names, or null when it names anything outside the folder. */
export function fileFor(url: string, folder: string): string | null {
  if (!url.startsWith(`${APP_ORIGIN}/`)) return null;
  const path = normalize(join(folder, decodeURIComponent(new URL(url).pathname)));
  return path.startsWith(folder + sep) ? path : null;
}

/**
 * No script but our own files, no connection, no frame, no form. Styles: our own files, and the one
 * style element in which Mantine writes its theme's variables, which carries this load's nonce.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function page(html: string): Response {
  const nonce = randomBytes(NONCE_BYTES).toString('base64');
  return new Response(html.replaceAll(NONCE_PLACEHOLDER, nonce), {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy(nonce),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    },
  });
}

/** A worker obeys the policy that comes with its own script, not that of the page. */
function file(bytes: Uint8Array, type: string): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': type,
      'content-security-policy': WORKER_POLICY,
      'x-content-type-options': 'nosniff',
    },
  });
}

/** Its own parts, and no connection: it reads private keys. */
const WORKER_POLICY = "default-src 'none'; script-src 'self'";

function notFound(): Response {
  return new Response('', { status: 404 });
}
