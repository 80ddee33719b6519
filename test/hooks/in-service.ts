// Where most tests of the hook script begin: a server in service under DANE, its pair installed, its record published.
import { expect } from 'vitest';
import type { HookClient, HookDns } from '../../shared/hooks/write-hook.ts';
import { createHookWorld, TTL, type HookWorld, type Snapshot } from './hook-world.ts';

export interface InService {
  readonly world: HookWorld;
  /** SHA-256 of the key in use. */
  readonly old: string;
}

export async function inService(
  client: HookClient = 'certbot',
  dns: HookDns = 'nsupdate',
): Promise<InService> {
  return begun(`in service ${client} ${dns}`, [client, dns], async () => {
    const world = await createHookWorld(client, dns);
    const old = world.renew();
    expect(await world.deploy()).toMatchObject({ exit: 0 });
    expect(world.records()).toEqual([`3 1 1 ${old}`]);
    expect([...world.presented]).toEqual([old]);
    expect(world.phase()).toBe('idle');
    expect(world.faults).toEqual([]);
    return { world, old };
  });
}

/** On from there: a new pair, its record published, all waits over; the next run installs it. */
export async function dueToInstall(
  client: HookClient = 'certbot',
  dns: HookDns = 'nsupdate',
): Promise<InService & { readonly next: string }> {
  return begun(`due to install ${client} ${dns}`, [client, dns], async () => {
    const { world, old } = await inService(client, dns);
    const next = world.renew();
    expect(await world.deploy()).toMatchObject({ exit: 0 });
    expect(world.records()).toEqual([`3 1 1 ${old}`, `3 1 1 ${next}`].sort());
    world.pass(2 * TTL);
    return { world, old, next };
  });
}

/** On from there: installed, and the wait over; the next run removes the record of the old key. */
export async function dueToRemove(
  client: HookClient = 'certbot',
  dns: HookDns = 'nsupdate',
): Promise<InService & { readonly next: string }> {
  return begun(`due to remove ${client} ${dns}`, [client, dns], async () => {
    const { world, old, next } = await dueToInstall(client, dns);
    expect(await world.run(['run'])).toMatchObject({ exit: 0 });
    expect([...world.presented]).toEqual([next]);
    world.pass(2 * TTL);
    return { world, old, next };
  });
}

/** The script brings a world there once in a file; further ones begin with a copy of that. */
async function begun<Begun extends { readonly world: HookWorld }>(
  where: string,
  [client, dns]: readonly [HookClient, HookDns],
  begin: () => Promise<Begun>,
): Promise<Begun> {
  const before = beginnings.get(where);
  if (before !== undefined) {
    const world = await createHookWorld(client, dns, before.snapshot);
    return { ...(before.begun as Begun), world };
  }
  const first = await begin();
  beginnings.set(where, { snapshot: first.world.snapshot(), begun: first });
  return first;
}

const beginnings = new Map<string, { readonly snapshot: Snapshot; readonly begun: unknown }>();

/** The script with something put in place of what must stand there, once. */
export function altered(script: string, text: string, instead: string): string {
  if (script.split(text).length !== 2) throw new Error(`not once in the script: ${text}`);
  return script.replace(text, () => instead);
}
