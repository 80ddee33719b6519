/** Which situation a name that is asked for belongs to, looked up in tables that are made once. */
import { selfAndAncestors, type Name } from '../../shared/dns/name.ts';
import type { ScenarioId } from '../../shared/lab/scenario.ts';
import { knownName } from '../lab/zone-text.ts';
import type { MailHost } from './mail-hosts.ts';

export interface NameIndex {
  /** The situation whose domain, mail host or records the name belongs to. */
  scenarioOf(name: Name): ScenarioId | null;
  /** Nobody needs anything of a name between the host and its records but who goes step by step (RFC 9156 §3). */
  isMinimised(name: Name): boolean;
}

export function indexNames(hosts: readonly MailHost[]): NameIndex {
  const keyOf = (text: string): string => knownName(`${text}.`).key;
  const scenarios = new Map(
    hosts.flatMap(({ scenario, domain, name }) => [
      [keyOf(domain), scenario] as const,
      [keyOf(name), scenario] as const,
    ]),
  );
  const between = new Set(hosts.map(({ name }) => keyOf(`_tcp.${name}`)));
  return {
    scenarioOf(name) {
      const known = selfAndAncestors(name).find(({ key }) => scenarios.has(key));
      return known === undefined ? null : (scenarios.get(known.key) ?? null);
    },
    isMinimised: ({ key }) => between.has(key),
  };
}
