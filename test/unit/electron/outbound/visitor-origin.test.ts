// Only our own form begins a test: not another site’s page, nor one that DNS rebinding makes look like ours.
import { expect, test } from 'vitest';
import { isOwnForm } from '../../../../electron/outbound/visitor-origin.ts';

const NAME = 'dane.example.org';

function isOwn(headers: Readonly<Record<string, string>>, name: string | null = NAME): boolean {
  return isOwnForm({ header: (key) => headers[key] ?? null }, name);
}

test.each<readonly [string, Readonly<Record<string, string>>]>([
  [
    'our page, not over TLS: browsers send no Sec-Fetch-Site then',
    { host: NAME, origin: `http://${NAME}` },
  ],
  ['our page at another port', { host: `${NAME}:8080`, origin: `http://${NAME}:8080` }],
  [
    'our page behind something that speaks TLS',
    { host: NAME, origin: `https://${NAME}`, 'sec-fetch-site': 'same-origin' },
  ],
  ['the person, who sends the form again', { host: NAME, 'sec-fetch-site': 'none' }],
  [
    'the name as it may be written too',
    { host: 'DANE.Example.org.', origin: 'http://dane.example.org.' },
  ],
  ['an IPv4 address', { host: '192.0.2.1', origin: 'http://192.0.2.1' }],
  ['an IPv6 address', { host: '[2001:db8::1]:8080', origin: 'http://[2001:db8::1]:8080' }],
  ['this machine', { host: 'localhost:8080', origin: 'http://localhost:8080' }],
  ['a program, which says neither', { host: NAME }],
  ['a program of HTTP/1.0', {}],
])('is begun by %s', (_, headers) => {
  expect(isOwn(headers)).toBe(true);
});

test.each<readonly [string, Readonly<Record<string, string>>]>([
  ['another site', { host: NAME, origin: 'http://evil.example' }],
  [
    'another site over TLS',
    { host: NAME, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  ],
  [
    'another name of our domain',
    { host: NAME, origin: 'http://www.example.org', 'sec-fetch-site': 'same-site' },
  ],
  ['a page of our domain that says no more', { host: NAME, 'sec-fetch-site': 'same-site' }],
  ['another port', { host: NAME, origin: `http://${NAME}:8080` }],
  ['a page without an origin', { host: NAME, origin: 'null' }],
  ['a longer name', { host: NAME, origin: `http://${NAME}.evil.example` }],
  ['a name within another', { host: NAME, origin: `http://evil.example/http://${NAME}` }],
  ['two origins at once', { host: NAME, origin: `http://${NAME}, http://evil.example` }],
  [
    'a browser that says so, whatever the origin',
    { host: NAME, origin: `http://${NAME}`, 'sec-fetch-site': 'cross-site' },
  ],
  [
    'a name that its owner points here',
    { host: 'evil.example', origin: 'http://evil.example', 'sec-fetch-site': 'same-origin' },
  ],
  [
    'a name that its owner points here, at our port',
    { host: 'evil.example:80', origin: 'http://evil.example:80' },
  ],
  [
    'a name that looks like an address',
    { host: '192.0.2.1.evil.example', origin: 'http://192.0.2.1.evil.example' },
  ],
  ['an origin without a host to compare it with', { origin: `http://${NAME}` }],
])('is not begun by %s', (_, headers) => {
  expect(isOwn(headers)).toBe(false);
});

test('without a name of its own it is reached by address', () => {
  expect(isOwn({ host: '192.0.2.1', origin: 'http://192.0.2.1' }, null)).toBe(true);
  expect(isOwn({ host: NAME, origin: `http://${NAME}` }, null)).toBe(false);
});
