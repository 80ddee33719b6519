/** One connection to a mail server: what is seen of it is held back until it is known which situation it is. */
import type { SmtpStep } from '../../shared/lab/observation.ts';
import type { MailHost } from './mail-hosts.ts';

/** What a mail server tells, and whom it asks. */
export interface ReceiverPorts {
  /** Whether mail for the address is taken; the alias is its local part. */
  isRecipient(alias: string, host: MailHost): boolean;
  observe(host: MailHost, connection: ReceiverConnection, step: SmtpStep): void;
  /** It wanted to send to somebody whom no test made, so that it is none of ours: nothing of it is kept. */
  forget(connection: ReceiverConnection): void;
}

export interface ReceiverConnection {
  readonly id: string;
  /** Address that connected. */
  readonly from: string;
}

/** Steps of one connection; a mail has ten, and what goes on and on adds nothing. */
const MAX_STEPS = 100;

export class Conversation {
  readonly #hosts: readonly MailHost[];
  readonly #connection: ReceiverConnection;
  readonly #ports: ReceiverPorts;
  /** All that belongs to no recipient. */
  readonly #steps: SmtpStep[] = [];
  /** Hosts that it is known to be meant for. */
  readonly #meant = new Set<MailHost>();
  #count = 0;
  #recipients = 0;
  #named: MailHost | null;

  /** Of one host it is known from the start which it is. */
  constructor(hosts: readonly MailHost[], connection: ReceiverConnection, ports: ReceiverPorts) {
    this.#hosts = hosts;
    this.#connection = connection;
    this.#ports = ports;
    const [first, ...more] = hosts;
    this.#named = more.length === 0 ? (first ?? null) : null;
    if (this.#named !== null) this.#meant.add(this.#named);
  }

  tell(step: SmtpStep): void {
    // The end is told whatever was before, or the connection would seem to be open for ever.
    if (step.name !== 'closed' && this.#isFull()) return;
    this.#steps.push(step);
    for (const host of this.#meant) this.#tellOf(host, step);
    if (step.name === 'tls') this.#nameServer(step.serverName);
  }

  /** `inHandshake`: TLS was begun, and is not there. */
  end(inHandshake: boolean, cutOff: boolean): void {
    // What came after its last step that was told may have been the mail: nobody hides one behind idle words.
    if (cutOff || this.#count > MAX_STEPS) this.tell({ name: 'closed', cutOff: true });
    else {
      if (inHandshake) this.tell({ name: 'tls-failed', reason: 'closed in the handshake' });
      this.tell({ name: 'closed' });
    }
  }

  /** The alias, if mail for the address is taken. */
  recipient(address: string, tls: boolean): string | null {
    const found = this.#find(address);
    if (found === null || !this.#ports.isRecipient(found.alias, found.host)) {
      this.refuse();
      return null;
    }
    const { host, alias } = found;
    this.#mean(host);
    if (!this.#isFull()) this.#tellOf(host, { name: 'recipient', alias, tls });
    return alias;
  }

  delivered(address: string, tls: boolean): void {
    const found = this.#find(address);
    if (found === null || !this.#meant.has(found.host) || this.#isFull()) return;
    this.#tellOf(found.host, { name: 'delivered', alias: found.alias, tls });
  }

  #nameServer(serverName: string | null): void {
    const named = this.#hosts.find(({ name }) => name === serverName?.toLowerCase());
    if (this.#named !== null || named === undefined) return;
    this.#named = named;
    this.#mean(named);
  }

  /** From now on it is the host’s, and so is what went before. */
  #mean(host: MailHost): void {
    if (this.#meant.has(host)) return;
    this.#meant.add(host);
    for (const step of this.#steps) this.#tellOf(host, step);
  }

  /** It wanted to send to somebody whom no test made. */
  refuse(): void {
    if (this.#recipients > 0) return;
    this.#meant.clear();
    this.#ports.forget(this.#connection);
  }

  #tellOf(host: MailHost, step: SmtpStep): void {
    if (step.name === 'recipient') this.#recipients += 1;
    this.#ports.observe(host, this.#connectionOf(host), step);
  }

  /** Where one connection serves several situations, each has it as one of its own. */
  #connectionOf(host: MailHost): ReceiverConnection {
    const { id, from } = this.#connection;
    return this.#hosts.length === 1 ? { id, from } : { id: `${id}/${host.name}`, from };
  }

  #find(address: string): { readonly host: MailHost; readonly alias: string } | null {
    const at = address.lastIndexOf('@');
    const domain = address.slice(at + 1).toLowerCase();
    const alias = address.slice(0, Math.max(at, 0)).toLowerCase();
    const host = this.#hosts.find((each) => each.domain === domain);
    return host === undefined ? null : { host, alias };
  }

  #isFull(): boolean {
    this.#count += 1;
    return this.#count > MAX_STEPS;
  }
}
