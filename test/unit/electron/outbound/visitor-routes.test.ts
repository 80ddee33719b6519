// Which request of a visitor gets which page, with which headers, and what is refused.
import { beforeEach, describe, expect, test } from 'vitest';
import type { WebReply, WebStream } from '../../../../electron/net/listen-web.ts';
import { answerVisitor, type VisitorParts } from '../../../../electron/outbound/visitor-routes.ts';
import type { Start } from '../../../../electron/outbound/visitor-starts.ts';

const ALIAS = 'abcdefghjkmnpqrstu';
const NAME = 'dane.example.org';

const PAGE = '<p>page</p>';
const STILL_PAGE = '<p>still page</p>';
const DATA = '{"alias":"a"}';

let starts: string[] = [];
let start: Start;
let seats = 1;
let begun: string[] = [];

const parts: VisitorParts = {
  offer: { base: 'example.org', version: '9.9.9', count: 19, waitsMs: 600_000 },
  name: NAME,
  views: {
    read(alias) {
      if (alias === 'broken') throw new Error('a bug');
      return alias === ALIAS
        ? {
            isFinal: false,
            page: () => PAGE,
            stillPage: () => STILL_PAGE,
            parts: () => [],
            data: () => DATA,
          }
        : null;
    },
  },
  starts: {
    begin(from) {
      starts.push(from);
      return start;
    },
  },
  streams: {
    admit: () => (seats === 0 ? null : (alias) => void begun.push(alias)),
    close: () => undefined,
  },
};

beforeEach(() => {
  starts = [];
  begun = [];
  seats = 1;
  const run = { alias: ALIAS, startedAt: 0, silentAfterMs: 600_000, scenarios: [] };
  start = { kind: 'begun', run };
});

type Headers = Readonly<Record<string, string>>;

function ask(method: string, target: string, headers: Headers = { host: NAME }): WebReply {
  const header = (name: string): string | null => headers[name] ?? null;
  return answerVisitor({ method, target, from: '192.0.2.1', header }, parts);
}

function answer(method: string, target: string, headers?: Headers) {
  const reply = ask(method, target, headers);
  if (reply.kind !== 'answer') throw new Error('a stream');
  return reply;
}

test.each([
  ['/', 'text/html; charset=utf-8', 'no-store'],
  ['/visitor.css', 'text/css; charset=utf-8', 'max-age=300'],
  ['/visitor.js', 'text/javascript; charset=utf-8', 'max-age=300'],
  ['/icon.svg', 'image/svg+xml; charset=utf-8', 'max-age=300'],
  [`/tests/${ALIAS}`, 'text/html; charset=utf-8', 'no-store'],
  [`/tests/${ALIAS}?still`, 'text/html; charset=utf-8', 'no-store'],
  [`/tests/${ALIAS}.json`, 'application/json; charset=utf-8', 'no-store'],
  // RFC 9112 §3.2.2.
  [`http://${NAME}/tests/${ALIAS}.json`, 'application/json; charset=utf-8', 'no-store'],
])('%s is there', (target, type, cache) => {
  for (const method of ['GET', 'HEAD']) {
    const { status, headers, body } = answer(method, target);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe(type);
    expect(headers['cache-control']).toBe(cache);
    expect(body.length).toBeGreaterThan(10);
  }
});

test.each([
  '',
  '*',
  'tests',
  '//',
  '/tests/',
  '/tests//',
  '/tests/../tests',
  '/tests/..%2f',
  '/../../../../etc/passwd',
  '/..\\..\\etc\\passwd',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/visitor.js/',
  '/visitor.js?x',
  '/visitor.ts',
  '/?a',
  '/?a=b',
  '/VISITOR.CSS',
  '/index.html',
  '/favicon.ico',
  '/constructor',
  '/__proto__',
  `/tests/${ALIAS}/`,
  `/tests/${ALIAS}/events/`,
  `/tests/${ALIAS}/EVENTS`,
  `/tests/${ALIAS}.html`,
  `/tests/${ALIAS}?`,
  `/tests/${ALIAS}?other`,
  `/tests/${ALIAS}?still=1`,
  `/tests/${ALIAS}.json?still`,
  `/tests/${ALIAS}/events?still`,
  `/tests/${ALIAS.toUpperCase()}`,
  `/tests/${ALIAS}%00`,
  `/tests/${ALIAS}x`,
  `/tests/${'a'.repeat(65)}`,
  `/tests/${'a'.repeat(5000)}`,
  'http://elsewhere.example',
  'ftp://elsewhere.example/',
])('“%s” is not there', (target) => {
  const { status, headers } = answer('GET', target);
  // An empty query is the same page (RFC 3986 §6.2.3 leaves it to us).
  expect(status).toBe(target.endsWith('?') ? 200 : 404);
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
});

test('of a test that is gone the page says when tests go', () => {
  expect(answer('GET', '/tests/gone').body).toContain('deleted 24 hours after its start');
  expect(answer('GET', '/tests/gone.json').status).toBe(404);
  expect(ask('GET', '/tests/gone/events')).toMatchObject({ kind: 'answer', status: 404 });
});

test('of a test there is a page, one that stands still, and the data', () => {
  expect(answer('GET', `/tests/${ALIAS}`).body).toBe(PAGE);
  expect(answer('GET', `/tests/${ALIAS}?still`).body).toBe(STILL_PAGE);
  expect(answer('GET', `/tests/${ALIAS}.json`).body).toBe(DATA);
});

test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])(
  '%s is not done',
  (method) => {
    expect(answer(method, '/')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
    expect(answer(method, '/tests').headers['allow']).toBe('GET, HEAD, POST');
    expect(answer('POST', `/tests/${ALIAS}`).status).toBe(405);
    expect(answer('POST', '/').status).toBe(405);
    expect(starts).toEqual([]);
  },
);

describe('a test is begun', () => {
  test('by the form, which leads to it', () => {
    const reply = answer('POST', '/tests', { host: NAME, origin: `http://${NAME}` });
    expect(reply).toMatchObject({ status: 303, headers: { location: `/tests/${ALIAS}` } });
    expect(starts).toEqual(['192.0.2.1']);
  });

  test('not by reading', () => {
    for (const method of ['GET', 'HEAD'])
      expect(answer(method, '/tests')).toMatchObject({ status: 303, headers: { location: '/' } });
    expect(starts).toEqual([]);
  });

  test('not by another site’s page; the person is asked', () => {
    const { status, body } = answer('POST', '/tests', {
      host: NAME,
      origin: 'http://evil.example',
    });
    expect(status).toBe(403);
    expect(body).toContain('<form method="post" action="/tests">');
    expect(starts).toEqual([]);
  });

  test.each([
    ['network', 429],
    ['day', 429],
    ['all', 503],
  ] as const)(
    'not once there are too many (%s), and it is said when to come again',
    (why, status) => {
      start = { kind: 'refused', why, retryAfterSeconds: 77 };
      const reply = answer('POST', '/tests');
      expect(reply.status).toBe(status);
      expect(reply.headers['retry-after']).toBe('77');
      expect(reply.body).toContain('try again');
    },
  );
});

describe('what is new is told', () => {
  const stream: WebStream = { send: () => undefined, end: () => undefined, onEnd: () => undefined };

  test('in a stream', () => {
    const reply = ask('GET', `/tests/${ALIAS}/events`);
    if (reply.kind !== 'stream') throw new Error('no stream');
    expect(reply.headers['content-type']).toBe('text/event-stream');
    expect(reply.headers['cache-control']).toBe('no-store');
    reply.begun(stream);
    expect(begun).toEqual([ALIAS]);
  });

  test('to so many only', () => {
    seats = 0;
    const reply = answer('GET', `/tests/${ALIAS}/events`);
    expect(reply.status).toBe(503);
    expect(reply.headers['retry-after']).toBe('60');
  });

  test('and whoever asks for the head takes no place', () => {
    seats = 0;
    expect(answer('HEAD', `/tests/${ALIAS}/events`).status).toBe(200);
  });
});

test.each([
  ['GET', '/'],
  ['GET', '/visitor.js'],
  ['GET', '/icon.svg'],
  ['GET', '/nothing'],
  ['GET', `/tests/${ALIAS}`],
  ['GET', `/tests/${ALIAS}.json`],
  ['GET', `/tests/${ALIAS}/events`],
  ['POST', '/tests'],
  ['PUT', '/'],
])('%s %s goes out with what browsers are to keep to', (method, target) => {
  const { headers } = ask(method, target);
  const policy = new Map(
    (headers['content-security-policy'] ?? '').split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources.join(' ')];
    }),
  );
  expect(Object.fromEntries(policy)).toEqual({
    'default-src': "'none'",
    'style-src': "'self'",
    'script-src': "'self'",
    'connect-src': "'self'",
    'img-src': "'self'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
    'base-uri': "'none'",
  });
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['referrer-policy']).toBe('same-origin');
  expect(headers['set-cookie']).toBeUndefined();
});

test('search engines keep no test’s page', () => {
  expect(answer('GET', `/tests/${ALIAS}`).headers['x-robots-tag']).toBe('noindex');
});

test('a bug is told to whoever met it, and to nobody else', () => {
  expect(answer('GET', '/tests/broken').status).toBe(500);
  expect(answer('GET', '/').status).toBe(200);
});
