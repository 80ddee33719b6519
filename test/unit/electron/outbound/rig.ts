// The outbound test on this machine's loopback, and a client that speaks SMTP to it line by line.
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { systemClock } from '../../../../electron/net/system-clock.ts';
import {
  startOutboundTest,
  type OutboundOptions,
  type OutboundPorts,
  type OutboundTest,
} from '../../../../electron/outbound/outbound-test.ts';
import type { Observation, SmtpStep } from '../../../../shared/lab/observation.ts';
import { SCENARIOS, type ScenarioId } from '../../../../shared/lab/scenario.ts';

export const BASE = 'havedane.test';
/** Each test file has a network of its own, for they run side by side. */
export const SMTP_PORT = 42_525;
export const DNS_PORT = 45_353;

export interface Rig {
  readonly test: OutboundTest;
  readonly seen: readonly Observation[];
  /** Steps of all connections to the situation, as short as they can be told. */
  steps(scenario: ScenarioId): readonly string[];
  /** Comes true once that many connections to the situation have ended. */
  ended(scenario: ScenarioId, count?: number): Promise<void>;
}

export async function startRig(
  network: string,
  options: Partial<OutboundOptions> = {},
  ports: Partial<OutboundPorts> = {},
): Promise<Rig> {
  const started = await startOutboundTest(
    {
      ...{ base: BASE, algorithm: 13, dns: { address: `${network}.53`, port: DNS_PORT } },
      scenarios: SCENARIOS.map(({ id }) => id),
      mailAddresses: Array.from({ length: 20 }, (_, index) => `${network}.${100 + index}`),
      ...{ listenPort: SMTP_PORT, smtpPort: SMTP_PORT, silentAfterMs: 600_000 },
      ...options,
    },
    {
      clock: systemClock,
      random: (count) => randomBytes(count),
      kept: null,
      keep: () => undefined,
      ...ports,
    },
  );
  if (!started.ok) throw new Error(JSON.stringify(started));
  const seen: Observation[] = [];
  started.test.onChange((each) => {
    if (each !== null) seen.push(each);
  });
  const steps = (scenario: ScenarioId): readonly string[] =>
    seen.flatMap((each) =>
      each.scenario === scenario && each.seen.kind === 'smtp' ? [shortStep(each.seen.step)] : [],
    );
  return {
    ...{ test: started.test, seen, steps },
    ended: (scenario, count = 1) =>
      until(() => steps(scenario).filter((step) => step === 'closed').length >= count),
  };
}

function shortStep(step: SmtpStep): string {
  switch (step.name) {
    case 'tls':
      return `tls ${step.version} ${step.serverName ?? '-'}`;
    case 'ehlo':
    case 'mail':
    case 'recipient':
    case 'delivered':
      return `${step.name} ${step.tls ? 'tls' : 'clear'}`;
    default:
      return step.name;
  }
}

export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

export function hostOf(test: OutboundTest, scenario: ScenarioId, rank = 1) {
  const host = test.hosts.find((each) => each.scenario === scenario && each.rank === rank);
  if (host === undefined) throw new Error(`no ${scenario}`);
  return host;
}

/** Replies come as a whole, the last line of each without its end. */
export class Client {
  readonly #socket: Socket;
  #stream: Socket | TLSSocket;
  #text = '';
  #closed = false;

  private constructor(stream: Socket) {
    this.#socket = stream;
    this.#stream = stream;
    this.#listen();
  }

  /** `from` is an own address of the loopback, where senders are to be told apart. */
  static async open(address: string, port = SMTP_PORT, from?: string): Promise<Client> {
    const own = from === undefined ? {} : { localAddress: from };
    const socket = connect({ port, host: address, ...own });
    const client = new Client(socket);
    await new Promise((resolve) => socket.once('connect', resolve));
    return client;
  }

  get closed(): boolean {
    return this.#closed;
  }

  get tls(): TLSSocket | null {
    return 'getProtocol' in this.#stream ? this.#stream : null;
  }

  write(text: string | Uint8Array): void {
    this.#stream.write(text);
  }

  async say(line: string): Promise<string> {
    this.write(`${line}\r\n`);
    return this.reply();
  }

  /** The next reply; empty once the connection is closed. */
  async reply(): Promise<string> {
    for (;;) {
      const whole = /^(?:\d{3}-.*\r\n)*\d{3}(?: .*)?\r\n/.exec(this.#text)?.[0];
      if (whole !== undefined) {
        this.#text = this.#text.slice(whole.length);
        return whole.trimEnd();
      }
      if (this.#closed) return '';
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** As a client does that throws away what came in the clear. */
  async startTls(
    serverName: string | null,
    settings: Pick<
      ConnectionOptions,
      'ca' | 'ciphers' | 'maxVersion' | 'ALPNProtocols' | 'session'
    > = {},
  ): Promise<TLSSocket> {
    const raw = this.#stream;
    raw.removeAllListeners('data');
    this.#text = '';
    const secured = connectTls({
      socket: raw,
      rejectUnauthorized: false,
      ...(serverName === null ? {} : { servername: serverName }),
      ...settings,
    });
    this.#stream = secured;
    this.#listen();
    await new Promise((resolve, reject) => {
      secured.once('secureConnect', resolve);
      secured.once('close', () => reject(new Error('closed in the handshake')));
    });
    return secured;
  }

  end(): void {
    this.#stream.destroy();
  }

  /** As a system does that wants to hear no more of it (RST). */
  reset(): void {
    this.#socket.resetAndDestroy();
  }

  async untilClosed(): Promise<void> {
    await until(() => this.#closed);
  }

  #listen(): void {
    this.#stream.on('data', (chunk: Uint8Array) => {
      this.#text += Buffer.from(chunk).toString('latin1');
    });
    this.#stream.on('error', () => undefined);
    this.#stream.on('close', () => {
      this.#closed = true;
    });
  }
}

export async function greet(client: Client): Promise<string> {
  await client.reply();
  return client.say('EHLO sender.example');
}

export async function secure(client: Client, serverName: string | null): Promise<TLSSocket> {
  await client.say('STARTTLS');
  const secured = await client.startTls(serverName);
  await client.say('EHLO sender.example');
  return secured;
}

/** The replies to RCPT and to the end of the mail. */
export async function give(client: Client, recipient: string): Promise<readonly string[]> {
  await client.say('MAIL FROM:<me@sender.example>');
  const taken = await client.say(`RCPT TO:<${recipient}>`);
  if (!taken.startsWith('250')) return [taken];
  await client.say('DATA');
  return [taken, await client.say('Subject: test\r\n\r\ntest\r\n.')];
}
