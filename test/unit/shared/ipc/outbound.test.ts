// What window and process say to each other about the test of a sender: all that is agreed passes, nothing else does.
import { describe, expect, test } from 'vitest';
import type { OutboundState, OutboundWish } from '../../../../shared/ipc/outbound.ts';
import { parseEvent, parsePayload, parseReply } from '../../../../shared/ipc/parse.ts';
import type { SmtpStep } from '../../../../shared/lab/observation.ts';
import {
  MAX_STEPS_SHOWN,
  type Situation,
  type TestReport,
} from '../../../../shared/lab/test-report.ts';

const WISH: OutboundWish = {
  base: 'havedane.test',
  nameServer: '127.25.0.53#5300',
  addresses: '127.25.0.1-127.25.0.20',
  ...{ smtpPort: 25, listenPort: 2525, algorithm: 13, seconds: 600, open: false },
};

const AT = '2026-11-29T12:00:00.000Z';
const STEPS: readonly SmtpStep[] = [
  { name: 'connected' },
  { name: 'ehlo', greeting: 'mx.example.org', tls: false },
  { name: 'starttls' },
  { name: 'tls', version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', serverName: null },
  { name: 'tls-failed', reason: 'unknown CA' },
  { name: 'mail', tls: true },
  { name: 'recipient', alias: 'abc', tls: true },
  { name: 'delivered', alias: 'abc', tls: true },
  { name: 'injection-taken' },
  { name: 'quit' },
  { name: 'closed' },
];

const SITUATION: Situation = {
  ...{ id: 'wrong', recipient: 'abc@wrong.havedane.test', phase: 'decided' },
  ...{ deed: 'delivered-tls', worth: 'unsafe', basis: 'seen', sentence: 'It delivered.' },
  seen: [
    {
      at: AT,
      what: {
        ...{ kind: 'dns', from: '127.0.0.1', name: '_25._tcp.wrong.havedane.test', type: 'TLSA' },
        ...{ dnssec: true, minimised: false },
      },
    },
    ...STEPS.map((step) => ({
      at: AT,
      what: { kind: 'smtp' as const, connection: '1', from: '127.0.0.1', host: 1, step },
    })),
  ],
  unshown: 3,
};

const REPORT: TestReport = {
  base: 'havedane.test',
  nameServer: { address: '127.25.0.53', port: 5300 },
  trustAnchor: 'havedane.test. 60 IN DS 1 13 2 AB',
  ...{ smtpPort: 25, open: false, leftOut: ['injected'], alias: 'abc' },
  ...{ startedAt: AT, silentAt: AT, at: AT, isFinal: false },
  verdict: { conclusion: 'does-not-check', because: ['wrong'], unknown: ['do'] },
  situations: [SITUATION],
};

const running = (report: unknown = REPORT) => ({
  ...{ kind: 'running', wish: WISH, problem: null, goesOn: true, resolver: null },
  report,
});

const withSituation = (change: Readonly<Record<string, unknown>>) =>
  running({ ...REPORT, situations: [{ ...SITUATION, ...change }] });

const withStep = (step: unknown) =>
  withSituation({
    seen: [{ at: AT, what: { kind: 'smtp', connection: '1', from: 'a', host: 1, step } }],
  });

const stopped: OutboundState = { kind: 'stopped', wish: WISH, problem: 'It is damaged.' };

describe('what the process says', () => {
  test.each([
    ['a test that runs', running()],
    ['one that does not', stopped],
  ])('%s comes through unchanged', (_what, state) => {
    expect(parseEvent('outbound:changed', state)).toEqual({ ok: true, value: state });
    expect(parseReply('outbound:read', state)).toEqual({ ok: true, value: state });
  });

  test.each([
    { kind: 'started', state: running() },
    { kind: 'refused', field: 'nameServer', message: 'It takes one IP address.' },
    { kind: 'asks', question: 'Do you want that?' },
    {
      kind: 'cannot-listen',
      advice: { trouble: 'No.', ways: [{ text: 'So.', commands: ['sudo x'] }] },
    },
    { kind: 'failed', message: 'No.' },
  ])('the answer “$kind” to a start comes through unchanged', (reply) => {
    expect(parseReply('outbound:start', reply)).toEqual({ ok: true, value: reply });
  });

  test.each([
    ['nothing', null],
    ['a state of another kind', { ...stopped, kind: 'paused' }],
    ['a test that runs without a report', { ...running(), report: null }],
    ['a situation that is none', withSituation({ id: 'do-not' })],
    ['a situation whose name is in every object', withSituation({ id: 'constructor' })],
    ['a deed that is none', withSituation({ deed: 'delivered' })],
    ['a phase that is none', withSituation({ phase: 'red' })],
    ['a worth that is none', withSituation({ worth: 'bad' })],
    ['a step that is none', withStep({ name: 'script' })],
    [
      'a step with a server name that is markup',
      withStep({ ...STEPS[3], serverName: { html: '' } }),
    ],
    [
      'more steps than are shown',
      withSituation({ seen: Array(MAX_STEPS_SHOWN + 1).fill(SITUATION.seen[0]) }),
    ],
    [
      'more situations than there are',
      running({ ...REPORT, situations: Array.from({ length: 20 }, () => SITUATION) }),
    ],
    [
      'a verdict that is none',
      running({ ...REPORT, verdict: { ...REPORT.verdict, conclusion: 'fine' } }),
    ],
    ['a port that is text', running({ ...REPORT, smtpPort: '25' })],
  ])('%s is refused', (_what, state) => {
    expect(parseEvent('outbound:changed', state).ok).toBe(false);
    expect(parseReply('outbound:again', state).ok).toBe(false);
  });

  test.each([
    { kind: 'started', state: null },
    { kind: 'refused', field: 'password', message: 'No.' },
    { kind: 'asks' },
    { kind: 'cannot-listen', advice: { trouble: 'No.', ways: [{ text: 'So.', commands: 'rm' }] } },
    { kind: 'opened' },
  ])('the answer %j to a start is refused', (reply) => {
    expect(parseReply('outbound:start', reply).ok).toBe(false);
  });

  test('checks of resolvers come through, and none of a kind that is not known', () => {
    const check = { resolver: '127.0.0.1#53', state: 'ready', sentence: 'It works.', advice: null };
    const reply = { checks: [check], problem: null };
    expect(parseReply('outbound:check', reply)).toEqual({ ok: true, value: reply });
    const odd = { checks: [{ ...check, state: 'great' }], problem: null };
    expect(parseReply('outbound:check', odd).ok).toBe(false);
  });
});

describe('what the window asks', () => {
  test('a wish comes through as it was typed, whatever that is', () => {
    const wish = { ...WISH, base: '../../ <b>', addresses: '\u0000' };
    expect(parsePayload('outbound:start', wish)).toEqual({ ok: true, value: wish });
  });

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['a port of zero', { smtpPort: 0 }],
    ['a port that is none', { listenPort: 65_536 }],
    ['half a port', { listenPort: 25.5 }],
    ['an algorithm that nobody offers', { algorithm: 5 }],
    ['no time at all', { seconds: 0 }],
    ['more than a day', { seconds: 86_401 }],
    ['a text without end', { addresses: 'x'.repeat(4097) }],
    ['a yes that is none', { open: 'yes' }],
  ])('%s is refused', (_what, change) => {
    expect(parsePayload('outbound:start', { ...WISH, ...change }).ok).toBe(false);
  });

  test('a resolver is a text within bounds, or none', () => {
    expect(parsePayload('outbound:check', { resolver: null }).ok).toBe(true);
    expect(parsePayload('outbound:check', { resolver: '127.0.0.1' }).ok).toBe(true);
    expect(parsePayload('outbound:check', { resolver: 'x'.repeat(4097) }).ok).toBe(false);
    expect(parsePayload('outbound:check', { resolver: ['127.0.0.1'] }).ok).toBe(false);
    expect(parsePayload('outbound:check', null).ok).toBe(false);
  });
});
