// `lab --outbound` inside the test, on a network of its own, with a sender over real loopback sockets.
import { runProgram } from '../../../../electron/cli/program.ts';
import { createTerminal } from '../../../../electron/cli/terminal.ts';
import { Client, give, greet, secure } from '../outbound/rig.ts';

export interface Running {
  readonly lines: readonly string[];
  readonly errors: readonly string[];
  stop(): void;
  readonly exit: Promise<number>;
}

export type Told = Readonly<Record<string, unknown>> & { readonly event: string };

const DNS_PORT = 45_353;
const SMTP_PORT = 42_526;

/** Test files run side by side: each has a network of its own. */
export class LabRig {
  readonly network: string;
  #running: Running[] = [];

  constructor(network: string) {
    this.network = network;
  }

  get nameServer(): string {
    return `${this.network}.53#${DNS_PORT}`;
  }

  start(...args: readonly string[]): Running {
    return this.startAt(100, ...args);
  }

  startAt(columns: number, ...args: readonly string[]): Running {
    const { network } = this;
    const lines: string[] = [];
    const errors: string[] = [];
    const controller = new AbortController();
    const terminal = createTerminal({
      stdout: { columns, write: (text) => lines.push(...text.trimEnd().split('\n')) },
      stderr: { columns, write: (text) => errors.push(text) },
      environment: {},
    });
    const place = [
      ...['lab', '--outbound', '--dns', this.nameServer, '--smtp-port', `${SMTP_PORT}`],
      ...['--addresses', `${network}.1-${network}.20`],
    ];
    const exit = runProgram([...place, ...args], '9.9.9', terminal, controller.signal);
    const running = { lines, errors, exit, stop: () => controller.abort(new Error('stopped')) };
    this.#running.push(running);
    return running;
  }

  /** A failure must not leave its ports to the next test. */
  async close(): Promise<void> {
    for (const each of this.#running) each.stop();
    await Promise.all(this.#running.map(({ exit }) => exit));
    this.#running = [];
  }

  open(place: number): Promise<Client> {
    return Client.open(`${this.network}.${place}`, SMTP_PORT);
  }

  /** A sender that never checks anything. */
  async deliver(alias: string, scenario: string, place: number): Promise<void> {
    const client = await this.open(place);
    await greet(client);
    await secure(client, `mx.${scenario}.havedane.test`);
    await give(client, `${alias}@${scenario}.havedane.test`);
    await client.say('QUIT');
  }
}

export function told({ lines }: Running): readonly Told[] {
  return lines.map((line) => JSON.parse(line) as Told);
}

export function aliasIn({ lines }: Running): string {
  return /([a-z2-9]{18})@do\.havedane\.test/.exec(lines.join('\n'))?.[1] ?? '';
}
