/** Both borders refuse what is not as agreed, and let through all that is. */
import { describe, expect, it } from 'vitest';
import { parseEvent, parsePayload, parseReply } from '../../../../shared/ipc/parse.ts';
import { degraded, manyHosts, troubled } from '../../renderer/streams.ts';

describe('events of an inspection', () => {
  it.each([...degraded(), ...manyHosts(2), ...troubled()].map((event) => [event.kind, event]))(
    'a %s event comes through unchanged',
    (_, event) => {
      const message = { runId: 'r', sequence: 0, event };
      expect(parseEvent('inspection:event', message)).toEqual({ ok: true, value: message });
    },
  );

  it('an event of a kind that is not agreed is refused', () => {
    const message = { runId: 'r', sequence: 0, event: { kind: 'surprise' } };
    expect(parseEvent('inspection:event', message).ok).toBe(false);
  });

  it('the refusal names the channel and the place', () => {
    const [first] = degraded();
    const message = { runId: 'r', sequence: 0, event: { ...first, smtpPort: '25' } };
    expect(parseEvent('inspection:event', message)).toEqual({
      ok: false,
      problem: expect.stringMatching(/^inspection:event: .*event\.smtpPort$/),
    });
  });

  it.each([-1, 0.5, Number.NaN, '0'])('a sequence of %j is refused', (sequence) => {
    const [event] = degraded();
    expect(parseEvent('inspection:event', { runId: 'r', sequence, event }).ok).toBe(false);
  });
});

describe('requests of the window', () => {
  it('what was typed may be anything, within bounds', () => {
    expect(parsePayload('inspection:start', { domain: 'ex ample..', network: 'lab' }).ok).toBe(
      true,
    );
    const long = { domain: 'x'.repeat(2049), network: 'internet' };
    expect(parsePayload('inspection:start', long).ok).toBe(false);
  });

  it.each([
    ['inspection:start', { domain: 'a', network: 'intranet' }],
    ['inspection:start', { domain: ['a'], network: 'lab' }],
    ['inspection:start', null],
    ['inspection:start', { domain: 'a', network: 'lab', chains: [{ host: 'mx.a' }] }],
    ['inspection:start', { domain: 'a', network: 'lab', chains: 'mx.a' }],
    ['inspection:cancel', { runId: '' }],
    ['settings:theme', { theme: 'pink' }],
    ['clipboard:write', { text: 7 }],
    ['link:open', { address: 'x'.repeat(300) }],
    ['app:info', { extra: true }],
  ] as const)('%s refuses %j', (channel, payload) => {
    expect(parsePayload(channel, payload).ok).toBe(false);
  });

  it('chains for hosts are as many and as long as chains may be', () => {
    const start = (chains: readonly unknown[]) =>
      parsePayload('inspection:start', { domain: 'a.example', network: 'internet', chains });
    expect(start([{ host: 'mx.a.example', text: 'PEM' }]).ok).toBe(true);
    expect(start(Array.from({ length: 65 }, () => ({ host: 'mx.a.example', text: '' }))).ok).toBe(
      false,
    );
    expect(start([{ host: 'mx', text: 'x'.repeat(1024 * 1024 + 1) }]).ok).toBe(false);
  });

  it('what is not agreed is dropped', () => {
    const payload = { domain: 'a', network: 'lab', allowPrivate: true };
    expect(parsePayload('inspection:start', payload)).toEqual({
      ok: true,
      value: { domain: 'a', network: 'lab' },
    });
  });
});

describe('replies to the window', () => {
  it.each([
    { kind: 'started', runId: 'r', domain: 'example.org' },
    { kind: 'refused', message: 'Type a mail domain.' },
  ])('%j is an answer to a start', (reply) => {
    expect(parseReply('inspection:start', reply)).toEqual({ ok: true, value: reply });
  });

  it('a start without a run is none', () => {
    expect(parseReply('inspection:start', { kind: 'started', domain: 'example.org' }).ok).toBe(
      false,
    );
  });
});
