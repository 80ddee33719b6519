// Brings up a whole small Internet on loopback addresses: a signed root, domains, name servers and mail servers, all real (RFC 1034, RFC 4035, RFC 7672).
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DNS_PORT,
  FAULTY_KEYS,
  FIXED_KEYS,
  SMTP_PORT,
  serverAddress,
  type ServerKey,
} from './address-plan.ts';
import type { Close } from './dns-transport.ts';
import { makeListeners, type MailListener } from './listeners.ts';
import { addLoopbackAddress } from './loopback.ts';
import { startNameServers, type NameServers } from './name-servers.ts';
import { mailHindrance, startMailServers } from './mail-servers.ts';
import { settled } from './processes.ts';
import { buildTree, makeAllKeys, type Tree } from './tree.ts';
import { takeWorkFolder, type WorkFolder } from './work-folder.ts';
import { ALL_ZONES } from './zones/all-zones.ts';
import { answersDns, answersSmtp } from './readiness.ts';

/** Everything a test or a person needs to ask the universe; plain data, so that it may cross to other processes. */
export interface UniverseFacts {
  readonly dnsPort: number;
  readonly smtpPort: number;
  readonly rootHints: string;
  readonly trustAnchor: string;
  /** The trust anchor in the form `delv -a` reads. */
  readonly delvAnchor: string;
  readonly unboundHostConfiguration: string;
  /** BIND as recursive server that validates nothing, on `dnsPort`. */
  readonly recursive: string;
  /** Unbound as validating server on port 53, or null where we may not open that port. */
  readonly validating: string | null;
  /** Why there are no mail servers, or null when they are up. */
  readonly mailHindrance: string | null;
  readonly ipv6: boolean;
  /** What `nsupdate -k` reads to change the zones that take updates, at `servers['host-a']`. */
  readonly updateKey: string;
  readonly workFolder: string;
  readonly servers: Readonly<Record<ServerKey, string>>;
  readonly mailAddresses: readonly {
    readonly hostName: string;
    readonly label: string;
    readonly address: string;
  }[];
}

export interface Universe extends UniverseFacts {
  stop(): Promise<void>;
}

/** Tools at work at the same time while keys, certificates and signatures are made. */
const AT_ONCE = 4;
const READY_TIMEOUT = 60_000;

export async function startUniverse(): Promise<Universe> {
  const work = await takeWorkFolder();
  // Whatever was begun is waited for before it is undone, or it would outlive its undoing.
  const begun: Promise<unknown>[] = [];
  const begin = (work: Promise<unknown>): void => {
    // Whoever awaits it hears of its failure; until then it is nobody's unhandled one.
    work.catch(() => undefined);
    begun.push(work);
  };
  let names: NameServers | null = null;
  let closeMail: Close = async () => undefined;
  const stop = async (): Promise<void> => {
    await Promise.allSettled(begun);
    await names?.closeProxies();
    await closeMail();
    await work.clear();
  };
  try {
    const root = process.getuid?.() === 0;
    const keys = makeAllKeys(ALL_ZONES, work.path, AT_ONCE);
    begin(keys);
    const ownAddresses = root && (await addServerAddresses(work));
    const listeners = await makeListeners(ALL_ZONES, work.block, work.path, AT_ONCE);
    const ipv6 = ownAddresses && (await addIpv6(work, listeners));
    const hindrance = mailHindrance();
    const mail = hindrance === null ? startMailServers(work, listeners, ipv6) : closeMail;
    if (mail instanceof Promise) begin(mail);
    await keys;
    const tree = await buildTree(ALL_ZONES, listeners, work, AT_ONCE);
    names = await startNameServers(tree, work, { root, ownAddresses, ipv6 });
    closeMail = await mail;
    const facts = describe(work, tree, names, listeners, { mailHindrance: hindrance, ipv6 });
    await ready(facts, listeners);
    writeFileSync(join(work.path, 'universe.json'), JSON.stringify(facts, null, 2));
    return { ...facts, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function describe(
  work: WorkFolder,
  tree: Tree,
  names: NameServers,
  listeners: readonly MailListener[],
  mail: Pick<UniverseFacts, 'mailHindrance' | 'ipv6'>,
): UniverseFacts {
  return {
    dnsPort: DNS_PORT,
    smtpPort: SMTP_PORT,
    rootHints: tree.rootHints,
    trustAnchor: tree.trustAnchor,
    delvAnchor: tree.delvAnchor,
    unboundHostConfiguration: names.unboundHostConfiguration,
    recursive: serverAddress(work.block, 'recursive'),
    validating: names.validating,
    updateKey: names.updateKey,
    ...mail,
    workFolder: work.path,
    servers: serverAddresses(work.block),
    mailAddresses: listeners.map(({ hostName, label, address }) => ({ hostName, label, address })),
  };
}

/** False where the system lets nobody change the loopback interface, as for root in many containers. */
async function addServerAddresses(work: WorkFolder): Promise<boolean> {
  for (const key of FIXED_KEYS) {
    if (!(await addLoopbackAddress(work, serverAddress(work.block, key)))) return false;
  }
  return true;
}

async function addIpv6(work: WorkFolder, listeners: readonly MailListener[]): Promise<boolean> {
  if (!(await addLoopbackAddress(work, serverAddress(work.block, 'six')))) return false;
  for (const { address6 } of listeners) {
    if (address6 !== null && !(await addLoopbackAddress(work, address6))) return false;
  }
  return true;
}

/** Waits until every server answers, and says which one does not. */
async function ready(facts: UniverseFacts, listeners: readonly MailListener[]): Promise<void> {
  const silent = new Set<string>();
  const keys = FIXED_KEYS.filter((key) => key !== 'nobody');
  const waits = (facts.ipv6 ? [...keys, 'six' as const] : keys).map(async (key) => {
    if (key === 'validating' && facts.validating === null) return;
    const port = key === 'validating' ? 53 : facts.dnsPort;
    const address = facts.servers[key];
    if (!(await settled(() => answersDns(address, port), READY_TIMEOUT)))
      silent.add(`${key} ${address}`);
  });
  const mail = facts.mailHindrance === null ? listeners : [];
  // One Postfix and one Exim speak for all their addresses; the others listen already.
  const spokesmen = (['postfix', 'exim'] as const).flatMap((make) =>
    mail.filter(({ by, presents }) => by === make && presents !== 'nothing').slice(0, 1),
  );
  const mailWaits = spokesmen.map(async ({ by, address }) => {
    if (!(await settled(() => answersSmtp(address, facts.smtpPort), READY_TIMEOUT))) {
      silent.add(`${by} ${address}`);
    }
  });
  await Promise.all([...waits, ...mailWaits]);
  if (silent.size > 0) {
    throw new Error(`no answer from ${[...silent].join(', ')}; logs are in ${facts.workFolder}`);
  }
}

function serverAddresses(block: number): Readonly<Record<ServerKey, string>> {
  const entries = [...FIXED_KEYS, ...FAULTY_KEYS, 'six' as const].map(
    (key) => [key, serverAddress(block, key)] as const,
  );
  return Object.fromEntries(entries) as Record<ServerKey, string>;
}
