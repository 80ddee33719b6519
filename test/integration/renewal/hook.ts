// The script of `shared/hooks` in the place where an operator puts it, and who starts it: certbot once, cron again and again.
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { writeHook, type HookDns } from '../../../shared/hooks/write-hook.ts';
import { settled } from '../../universe/processes.ts';
import type { UniverseFacts } from '../../universe/universe.ts';
import { callDeployHook, callHook, newestKey, type HookRun, type Lineage } from './certbot.ts';
import { addressOf, reloadCommand } from './mail-server.ts';
import { recordsAtBoth } from './updates.ts';

export interface Hook {
  /** What the mail server is told to read: key and chain in one file. */
  combined(lineage: Lineage): string;
  /** The first time, in one go. */
  adopt(lineage: Lineage): Promise<void>;
  /** Certbot calls it, then cron does, until both name servers show the record of the new certificate and no other. */
  carryOut(lineage: Lineage): Promise<void>;
}

export interface HookPlan {
  readonly host: string;
  readonly zone: string;
  readonly manner: HookManner;
  readonly way: HookWay;
}

/** How it changes records, and the settings that it needs to do so. */
export interface HookWay {
  readonly dns: HookDns;
  readonly settings: Readonly<Record<string, string>>;
}

/** With the universe's key, straight at the primary. */
export function byUpdates(universe: UniverseFacts): HookWay {
  const settings = {
    DANE_NSUPDATE_SERVER: at(universe, 'host-a'),
    DANE_NSUPDATE_KEY: universe.updateKey,
  };
  return { dns: 'nsupdate', settings };
}

/** Milliseconds for one renewal to come to its end. */
const PATIENCE = 90_000;

/** Milliseconds from one start by cron to the next; cron itself takes minutes. */
const CRON_INTERVAL = 500;

/** In haste it does not wait for the two times to live. */
export type HookManner = 'careful' | 'hasty';

export function putHook(
  universe: UniverseFacts,
  folder: string,
  { host, zone, manner, way }: HookPlan,
): Hook {
  const store = join(folder, 'certificates');
  const file = join(folder, `dane-hook-${manner}`);
  mkdirSync(folder, { recursive: true });
  const script = writeHook({
    client: 'certbot',
    dns: way.dns,
    places: [{ host, port: universe.smtpPort }],
    zone,
    ttl: 2,
    folder: store,
    reload: reloadCommand(universe),
    nameServers: [at(universe, 'host-a'), at(universe, 'host-b')],
  });
  writeFileSync(file, manner === 'careful' ? script : withoutWaiting(script), { mode: 0o755 });
  const settings = { DANE_CONNECT: addressOf(universe, host), ...way.settings };
  // What this machine may have under /etc is not for the test.
  const command = `'${file}' --config /dev/null`;
  return {
    combined: (lineage) => join(store, basename(lineage.folder), 'current', 'combined.pem'),
    adopt: async (lineage) => {
      mustSucceed(await callDeployHook(lineage, `${command} --wait`, settings));
    },
    carryOut: async (lineage) => {
      const wanted = [`3 1 1 ${await newestKey(lineage)}`];
      const said = [mustSucceed(await callDeployHook(lineage, command, settings))];
      const ended = await settled(async () => {
        said.push(mustSucceed(await callHook(`${command} run`, settings)));
        const both = await recordsAtBoth(universe, `_${universe.smtpPort}._tcp.${host}`);
        if (both.every((records) => records.join() === wanted.join())) return true;
        await new Promise((resolve) => setTimeout(resolve, CRON_INTERVAL));
        return false;
      }, PATIENCE);
      if (!ended) throw new Error(`the renewal does not come to its end: ${said.join('')}`);
    },
  };
}

function mustSucceed({ exit, output }: HookRun): string {
  if (exit !== 0) throw new Error(`the hook ended with ${exit}: ${output}`);
  return output;
}

function withoutWaiting(script: string): string {
  const hasty = script.replace('END { print 2 * longest }', 'END { print 0 }');
  if (hasty === script) throw new Error('the hook no longer waits where it used to');
  return hasty;
}

function at(universe: UniverseFacts, server: 'host-a' | 'host-b'): string {
  return `${universe.servers[server]}#${universe.dnsPort}`;
}
