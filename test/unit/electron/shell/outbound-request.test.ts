// What is typed on the Outbound screen: what the test takes of it, and what is said of the rest.
import { expect, test } from 'vitest';
import { readWish, usualWish } from '../../../../electron/shell/outbound-request.ts';
import type { OutboundWish } from '../../../../shared/ipc/outbound.ts';

const usual = usualWish('linux');

test('what a form shows first can be used as it is, and stays on this machine', () => {
  expect(usual).toMatchObject({ base: 'havedane.test', smtpPort: 25, listenPort: 25, open: false });
  expect(readWish(usual)).toMatchObject({
    kind: 'usable',
    request: {
      base: 'havedane.test',
      dns: { address: '127.25.0.53', port: 5300 },
      addresses: { addresses: expect.arrayContaining(['127.25.0.1', '127.25.0.20']) },
      ...{ algorithm: null, silentAfterMs: 600_000, open: false },
    },
  });
});

test('macOS has one loopback address, at which name server and mail servers have ports of their own', () => {
  const read = readWish(usualWish('darwin'));
  expect(read).toMatchObject({
    request: { dns: { address: '127.0.0.1', port: 5300 }, addresses: { addresses: ['127.0.0.1'] } },
  });
});

test.each<[keyof OutboundWish, Partial<OutboundWish>]>([
  ['base', { base: 'test' }],
  ['base', { base: 'a b.test' }],
  ['base', { base: '' }],
  ['base', { base: '../../etc/passwd' }],
  ['nameServer', { nameServer: 'ns.example' }],
  ['nameServer', { nameServer: '127.0.0.1#0' }],
  ['nameServer', { nameServer: '0.0.0.0' }],
  ['addresses', { addresses: '' }],
  ['addresses', { addresses: '127.0.0.1-127.0.1.0' }],
  ['addresses', { addresses: '127.0.0.1,mail.example' }],
  ['seconds', { seconds: 43_201 }],
])('a refusal names the field: %s, of %j', (field, typed) => {
  const read = readWish({ ...usual, ...typed, open: true });
  expect(read).toMatchObject({
    kind: 'refused',
    field,
    message: expect.stringMatching(/^[^\n]+\.$/),
  });
});

test('half a day of silence is the longest', () => {
  expect(readWish({ ...usual, seconds: 43_200 }).kind).toBe('usable');
});

test('the name server and a mail server cannot have one port of one address', () => {
  const both = { nameServer: '127.25.0.1#2525', addresses: '127.25.0.1', listenPort: 2525 };
  expect(readWish({ ...usual, ...both })).toMatchObject({ kind: 'refused', field: 'nameServer' });
  expect(readWish({ ...usual, ...both, listenPort: 2526 }).kind).toBe('usable');
});

test('an address is the same however it is written: not taken twice, nor for one of another machine', () => {
  const long = { nameServer: '0:0:0:0:0:0:0:1#5300', addresses: '::1, 0::0:1,0:0:0:0:0:0:0:1' };
  expect(readWish({ ...usual, ...long })).toMatchObject({
    kind: 'usable',
    request: { dns: { address: '::1' }, addresses: { addresses: ['::1'] }, open: false },
  });
  const both = { nameServer: '::1#2525', addresses: '0::1', listenPort: 2525 };
  expect(readWish({ ...usual, ...both })).toMatchObject({ kind: 'refused', field: 'nameServer' });
});

test('an internationalised domain is taken as its A-labels (RFC 5891)', () => {
  const read = readWish({ ...usual, base: 'Bücher.test' });
  expect(read).toMatchObject({ request: { base: 'xn--bcher-kva.test' } });
});

test.each([
  [{ nameServer: '192.0.2.53' }, '192.0.2.53'],
  [{ addresses: '127.25.0.1,2001:db8::1' }, '2001:db8::1'],
  [{ addresses: '::ffff:127.0.0.1' }, '::ffff:127.0.0.1'],
  [{ nameServer: '192.0.2.1', addresses: '192.0.2.1-192.0.2.9' }, '192.0.2.1 and 8 more'],
])('%j is asked for before others can reach it', (typed, named) => {
  const read = readWish({ ...usual, ...typed });
  expect(read).toEqual({
    kind: 'asks',
    question: expect.stringMatching(/^Do you want other machines .*\?$/),
  });
  expect(read).toMatchObject({ question: expect.stringContaining(` ${named},`) });
  const yes = readWish({ ...usual, ...typed, open: true });
  expect(yes).toMatchObject({ kind: 'usable', request: { open: true } });
});

test('a yes opens nothing where no address is named that others reach', () => {
  expect(readWish({ ...usual, open: true })).toMatchObject({ request: { open: false } });
  expect(readWish({ ...usual, addresses: '::1', open: true })).toMatchObject({
    request: { open: false },
  });
});
