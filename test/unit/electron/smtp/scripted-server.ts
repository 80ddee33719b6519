/** Mail servers that behave exactly as badly as a test wants, on a virtual internet. */
import type { Duplex } from 'node:stream';
import {
  createVirtualClock,
  type SimulatedClock,
} from '../../../../electron/net/simulated-clock.ts';
import { createTlsAcceptor, type TlsServerSettings } from '../../../../electron/net/tls-accept.ts';
import {
  createVirtualInternet,
  type VirtualInternet,
} from '../../../../electron/net/virtual-internet.ts';
import { probe, type ProbeRequest, type ProbeResult } from '../../../../electron/smtp/probe.ts';
import { NOON } from '../../shared/x509/certificate-maker.ts';

export interface Script {
  readonly greeting?: string;
  /** Answer to each command by its first word; `null` says nothing, a function does as it likes. */
  readonly answers?: Readonly<Record<string, string | null | ((session: Session) => void)>>;
  readonly tls?: TlsServerSettings;
  /** Called in place of everything else. */
  readonly onConnect?: (session: Session) => void;
}

export interface Session {
  readonly stream: Duplex;
  say(text: string): void;
  /** Goes on in TLS and answers QUIT there. */
  startTls(): void;
}

export interface Visited {
  readonly internet: VirtualInternet;
  readonly clock: SimulatedClock;
  /** Commands as the server saw them, those within TLS marked. */
  readonly heard: string[];
  /** Connections open now and at most. */
  readonly connections: { open: number; most: number; total: number };
}

export const ADDRESS = '192.0.2.25';

const DEFAULT_ANSWERS: NonNullable<Script['answers']> = {
  EHLO: '250-mx.example.org\r\n250 STARTTLS\r\n',
  STARTTLS: (session) => {
    session.say('220 ready\r\n');
    session.startTls();
  },
  QUIT: (session) => {
    session.say('221 bye\r\n');
    session.stream.end();
  },
};

export function serve(script: Script, roundTripMs = 20): Visited {
  const clock = createVirtualClock(NOON);
  const internet = createVirtualInternet({
    clock,
    conditions: { roundTripMs, lossRate: 0 },
    random: (count) => new Uint8Array(count),
  });
  const visited: Visited = {
    internet,
    clock,
    heard: [],
    connections: { open: 0, most: 0, total: 0 },
  };
  const accept = script.tls ? createTlsAcceptor(script.tls) : null;
  internet.addHost({
    addresses: [ADDRESS],
    streams: new Map([[25, (stream: Duplex) => welcome(stream, script, accept, visited)]]),
  });
  return visited;
}

function welcome(
  stream: Duplex,
  script: Script,
  accept: ((stream: Duplex) => Duplex) | null,
  { heard, connections }: Visited,
): void {
  connections.open += 1;
  connections.total += 1;
  connections.most = Math.max(connections.most, connections.open);
  stream.on('close', () => {
    connections.open -= 1;
  });
  stream.on('error', () => undefined);
  const onData = (data: Buffer): void => {
    for (const line of data.toString('latin1').split('\r\n').filter(Boolean)) {
      heard.push(line);
      const word = line.split(' ')[0] ?? '';
      const answer = { ...DEFAULT_ANSWERS, ...script.answers }[word] ?? null;
      if (typeof answer === 'string') session.say(answer);
      else answer?.(session);
    }
  };
  const session: Session = {
    stream,
    say: (text) => void stream.write(Buffer.from(text, 'latin1')),
    startTls: () => {
      if (accept === null) return;
      stream.off('data', onData);
      const secured = accept(stream);
      secured.on('data', (data: Buffer) => {
        heard.push(`TLS ${data.toString('latin1').trim()}`);
        secured.write('221 bye\r\n');
        secured.end();
      });
    },
  };
  if (script.onConnect) {
    // An end that nobody reads is never seen.
    stream.resume();
    script.onConnect(session);
    return;
  }
  stream.on('data', onData);
  session.say(script.greeting ?? '220 mx.example.org ESMTP\r\n');
}

export function visit(
  { internet }: Visited,
  request: Partial<ProbeRequest> = {},
): Promise<ProbeResult> {
  return probe({
    network: internet,
    address: ADDRESS,
    port: 25,
    serverName: 'mx.example.org',
    ehloName: 'me.example',
    stageTimeoutMs: 5000,
    keyTypes: null,
    signal: new AbortController().signal,
    ...request,
  });
}

/** Lets the farewells after a result come to their end. */
export function settle({ clock }: Visited, milliseconds = 3000): Promise<void> {
  return new Promise((resolve) => void clock.setTimer(milliseconds, resolve));
}
