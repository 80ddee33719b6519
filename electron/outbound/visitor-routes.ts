/** Which request of a visitor gets which page (RFC 9110): what may be asked, by whom, and with which headers. */
import icon from '../../assets/icon.svg?raw';
import visitorStyle from '../../assets/visitor/visitor.css?raw';
import script from '../../assets/visitor/visitor.js?raw';
import pageStyle from '../../shared/export/page.css?raw';
import { VISITOR_ICON, VISITOR_SCRIPT, VISITOR_STYLE } from '../../shared/export/visitor-frame.ts';
import { visitorNote, type VisitorNote } from '../../shared/export/visitor-note.ts';
import {
  VISITOR_TESTS,
  visitorStart,
  type VisitorOffer,
} from '../../shared/export/visitor-start.ts';
import type { WebHeaders, WebReply, WebRequest } from '../net/listen-web.ts';
import { isOwnForm } from './visitor-origin.ts';
import type { VisitorStarts } from './visitor-starts.ts';
import type { VisitorStreams } from './visitor-streams.ts';
import type { VisitorViews } from './visitor-views.ts';

export interface VisitorParts {
  readonly offer: VisitorOffer;
  /** The name of the page’s server; null when it has none, and is reached by address. */
  readonly name: string | null;
  readonly views: VisitorViews;
  readonly starts: VisitorStarts;
  readonly streams: VisitorStreams;
}

/** Whatever a request brings to light, the others’ tests go on: a bug is told to whoever met it. */
export function answerVisitor(request: WebRequest, parts: VisitorParts): WebReply {
  try {
    return route(request, parts);
  } catch {
    return note({ kind: 'failed' }, 500, parts);
  }
}

function route(request: WebRequest, parts: VisitorParts): WebReply {
  const place = readTarget(request.target);
  if (place === null) return note({ kind: 'no-page' }, 404, parts);
  const { path, query } = place;
  if (path === VISITOR_TESTS) return startTest(request, parts);
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  if (!isReading) return note({ kind: 'method' }, 405, parts, { allow: 'GET, HEAD' });
  const file = query === '' ? FILES.get(path) : undefined;
  if (file !== undefined) return answer(200, file.type, file.text, FOR_A_WHILE);
  if (path === '/' && query === '') return page(200, visitorStart(parts.offer), KEEP_NOTHING);
  const asked = TEST_PATH.exec(path)?.groups;
  return asked === undefined
    ? note({ kind: 'no-page' }, 404, parts)
    : showTest(request, { alias: asked['alias'] ?? '', as: asked['as'] ?? '', query }, parts);
}

/** Of an alias only the characters are known here; whether there is one, the ledger knows. */
const TEST_PATH = /^\/tests\/(?<alias>[a-z0-9]{1,64})(?<as>\.json|\/events)?$/;

interface Target {
  readonly path: string;
  /** Without its question mark. */
  readonly query: string;
}

/** Characters of the longest path there is, and some. */
const MAX_TARGET = 200;

/** Nothing in our paths is written in another way, so nothing is decoded, and no dots are followed. */
function readTarget(target: string): Target | null {
  if (target.length > MAX_TARGET) return null;
  // RFC 9112 §3.2.2: a whole URL has to be understood too.
  const own = target.replace(/^https?:\/\/[^/?#]*(?=\/)/i, '');
  const match = /^(?<path>\/[a-z0-9./-]*)(?:\?(?<query>[a-z]*))?$/.exec(own)?.groups;
  return match === undefined ? null : { path: match['path'] ?? '', query: match['query'] ?? '' };
}

function startTest(request: WebRequest, parts: VisitorParts): WebReply {
  if (request.method === 'GET' || request.method === 'HEAD') return seeOther('/');
  if (request.method !== 'POST')
    return note({ kind: 'method' }, 405, parts, { allow: 'GET, HEAD, POST' });
  if (!isOwnForm(request, parts.name)) return note({ kind: 'foreign' }, 403, parts);
  const start = parts.starts.begin(request.from);
  if (start.kind === 'begun') return seeOther(`${VISITOR_TESTS}/${start.run.alias}`);
  const { why, retryAfterSeconds } = start;
  // RFC 6585 §4 for what one network did, RFC 9110 §15.6.4 for what all did.
  const status = why === 'all' ? 503 : 429;
  return note({ kind: 'too-many', why }, status, parts, {
    'retry-after': String(retryAfterSeconds),
  });
}

interface Asked {
  readonly alias: string;
  readonly as: string;
  readonly query: string;
}

const STAND_STILL = 'still';

function showTest(request: WebRequest, { alias, as, query }: Asked, parts: VisitorParts): WebReply {
  const view = parts.views.read(alias);
  if (view === null) return note({ kind: 'no-test' }, 404, parts);
  if (query !== '' && !(as === '' && query === STAND_STILL))
    return note({ kind: 'no-page' }, 404, parts);
  switch (as) {
    case '.json':
      return answer(200, 'application/json', view.data(), KEEP_NOTHING);
    case '/events':
      return stream(request, alias, parts);
    default:
      return page(200, query === STAND_STILL ? view.stillPage() : view.page(), {
        ...KEEP_NOTHING,
        'x-robots-tag': 'noindex',
      });
  }
}

function stream({ method, from }: WebRequest, alias: string, { streams }: VisitorParts): WebReply {
  const headers = { ...SECURITY, ...KEEP_NOTHING, 'content-type': 'text/event-stream' };
  if (method === 'HEAD') return { kind: 'answer', status: 200, headers, body: '' };
  const seat = streams.admit(from);
  if (seat === null) {
    const words = 'Too many pages are open; this one asks from time to time.\n';
    return answer(503, 'text/plain', words, { ...KEEP_NOTHING, 'retry-after': '60' });
  }
  return { kind: 'stream', headers, begun: (opened) => seat(alias, opened) };
}

/** Aliases are in the paths: none is told to other sites. Forms need the policy to tell ours from theirs. */
const SECURITY: WebHeaders = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};
const KEEP_NOTHING: WebHeaders = { 'cache-control': 'no-store' };
const FOR_A_WHILE: WebHeaders = { 'cache-control': 'max-age=300' };

const FILES: ReadonlyMap<string, { readonly type: string; readonly text: string }> = new Map([
  [VISITOR_STYLE, { type: 'text/css', text: `${pageStyle}${visitorStyle}` }],
  [VISITOR_SCRIPT, { type: 'text/javascript', text: script }],
  [VISITOR_ICON, { type: 'image/svg+xml', text: icon }],
]);

function answer(status: number, type: string, body: string, more: WebHeaders): WebReply {
  const headers = { ...SECURITY, ...more, 'content-type': `${type}; charset=utf-8` };
  return { kind: 'answer', status, headers, body };
}

function page(status: number, body: string, more: WebHeaders): WebReply {
  return answer(status, 'text/html', body, more);
}

function note(
  what: VisitorNote,
  status: number,
  { offer }: VisitorParts,
  more: WebHeaders = {},
): WebReply {
  return page(status, visitorNote(what, offer), { ...KEEP_NOTHING, ...more });
}

/** RFC 9110 §15.4.4: to be fetched with GET. */
function seeOther(location: string): WebReply {
  return answer(303, 'text/plain', `See ${location}\n`, { ...KEEP_NOTHING, location });
}
