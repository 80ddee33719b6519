/** Bounds on what a mail server may make a probe read or wait for, each provoked by a server. */
import { describe, expect, test } from 'vitest';
import {
  MAX_LINE_OCTETS,
  MAX_REPLY_LINES,
  MAX_REPLY_OCTETS,
} from '../../../../shared/smtp/limits.ts';
import { MAX_CHAIN_CERTIFICATES, MAX_CHAIN_OCTETS } from '../../../../shared/x509/limits.ts';
import { authority, server, type Issued } from '../../shared/dane/chain-maker.ts';
import { makeCertificate } from '../../shared/x509/certificate-maker.ts';
import { serve, settle, visit, type Session } from './scripted-server.ts';

const root = authority('Root', null);
const leaf = server(root);

function serving(...chain: readonly Issued[]) {
  const [first = leaf] = chain;
  const privateKey = first.pair.privateKey.export({ format: 'der', type: 'pkcs8' });
  return { tls: { identities: [{ chain: chain.map(({ der }) => der), privateKey }] } };
}

const TLS = serving(leaf, root);

/** `250-` lines of so many octets each, line end included, and a last one that offers STARTTLS. */
function ehloReply(lines: number, octets: number): string {
  return `${`250-${'x'.repeat(octets - 6)}\r\n`.repeat(lines)}250 STARTTLS\r\n`;
}

describe('a reply', () => {
  test.each([
    ['MAX_LINE_OCTETS', ehloReply(1, MAX_LINE_OCTETS), ehloReply(1, MAX_LINE_OCTETS + 1)],
    ['MAX_REPLY_LINES', ehloReply(MAX_REPLY_LINES - 1, 20), ehloReply(MAX_REPLY_LINES, 20)],
    [
      'MAX_REPLY_OCTETS',
      ehloReply(MAX_REPLY_OCTETS / 1024 - 1, 1024),
      ehloReply(MAX_REPLY_OCTETS / 1024, 1024),
    ],
  ])('%s: as much is read, one more is not', async (limit, enough, tooMuch) => {
    expect(await visit(serve({ ...TLS, answers: { EHLO: enough } }))).toMatchObject({
      failure: null,
      stage: 'done',
    });
    const visited = serve({ ...TLS, answers: { EHLO: tooMuch } });
    expect(await visit(visited)).toMatchObject({
      failure: 'limit',
      stage: 'ehlo',
      error: expect.stringContaining(limit),
    });
    await settle(visited);
    expect(visited.connections.open).toBe(0);
  });
});

describe('a stage has its time in total', () => {
  const drip = (text: string, from: 'greeting' | 'ehlo' | 'starttls' | 'tls') => {
    let clock = { setTimer: (_ms: number, _callback: () => void): unknown => undefined };
    const dripping = ({ say, stream }: Session): void => {
      let at = 0;
      const next = (): void => {
        if (stream.destroyed) return;
        say(text[at] ?? '-');
        at += 1;
        clock.setTimer(900, next);
      };
      next();
    };
    const answers = {
      greeting: { onConnect: dripping },
      ehlo: { answers: { EHLO: dripping } },
      starttls: { answers: { STARTTLS: dripping } },
      tls: {
        answers: {
          STARTTLS: (session: Session): void => {
            session.say('220 ready\r\n');
            session.stream.removeAllListeners('data').resume();
            dripping(session);
          },
        },
      },
    };
    const visited = serve(answers[from]);
    clock = visited.clock;
    return visited;
  };

  test.each([
    ['greeting', '220-' + 'x'.repeat(90)],
    ['ehlo', '250-' + 'x'.repeat(90)],
    ['starttls', '220-' + 'x'.repeat(90)],
    // A TLS record header that promises 16 KiB, and then a drop at a time.
    ['tls', '\x16\x03\x03\x3f\xff\x02' + '\x00'.repeat(90)],
  ] as const)('a drop every 900 ms does not stretch %s beyond 5 s', async (stage, text) => {
    const visited = drip(text, stage);
    const { failure, stages, ...result } = await visit(visited);
    expect({ failure, stage: result.stage }).toEqual({ failure: 'timeout', stage });
    expect(stages.at(-1)?.durationMs).toBeGreaterThan(4990);
    expect(stages.at(-1)?.durationMs).toBeLessThan(5100);
    await settle(visited);
    expect(visited.connections.open).toBe(0);
  });
});

describe('a certificate list', () => {
  test(`of ${MAX_CHAIN_CERTIFICATES} certificates is read, of one more cut, and said to be`, async () => {
    const strangers = (count: number) => Array.from({ length: count }, () => root);
    const whole = await visit(serve(serving(leaf, ...strangers(MAX_CHAIN_CERTIFICATES - 1))));
    expect(whole.session).toMatchObject({ exact: true });
    expect(whole.session?.presented).toHaveLength(MAX_CHAIN_CERTIFICATES);
    const cut = await visit(serve(serving(leaf, ...strangers(MAX_CHAIN_CERTIFICATES))));
    expect(cut.session).toMatchObject({ exact: false });
    expect(cut.session?.presented).toHaveLength(MAX_CHAIN_CERTIFICATES);
  });

  test(`of more than ${MAX_CHAIN_OCTETS} octets ends the handshake, and the bound is named`, async () => {
    const padding = Array.from({ length: 60 }, (_, index) => ({
      ...root,
      der: makeCertificate({ subject: `${index}`.repeat(900) }),
    }));
    const octets = padding.reduce((sum, { der }) => sum + der.length, leaf.der.length);
    expect(octets).toBeGreaterThan(MAX_CHAIN_OCTETS);
    expect(await visit(serve(serving(leaf, ...padding)))).toMatchObject({
      failure: 'limit',
      stage: 'tls',
      session: null,
      error: expect.stringMatching(/MAX_CHAIN_BYTES|octets of certificates/),
    });
  });
});
