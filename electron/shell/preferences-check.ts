/** Whether a setting can be used, judged by the very readers that will use it. */
import { nameFromWire } from '../../shared/dns/name.ts';
import { parseZoneFile } from '../../shared/dns/zone-file.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import { PREFERENCE_LIMITS } from '../../shared/ipc/default-preferences.ts';
import type { Preferences, PreferenceField } from '../../shared/ipc/preferences.ts';
import { composeCore, DEFAULT_CORE_OPTIONS, type CoreOptions } from '../compose.ts';
import { readResolver } from './preferences-core.ts';

/** The first that cannot be used, and why; null when all can. */
export function checkPreferences(
  preferences: Preferences,
): { readonly field: PreferenceField; readonly message: string } | null {
  for (const field of CHECKED) {
    const message = problemOf(field, preferences);
    if (message !== null) return { field, message };
  }
  return null;
}

const CHECKED: readonly PreferenceField[] = [
  'resolver',
  'rootHints',
  'trustAnchors',
  'timeoutSeconds',
  'proxy',
  'ehloName',
  'maxConnections',
];

/** One plain sentence that never repeats what was typed: it may be long, or secret. */
export function problemOf(field: PreferenceField, preferences: Preferences): string | null {
  switch (field) {
    case 'resolver':
      return resolverProblem(preferences.resolver);
    case 'rootHints':
      return hintsProblem(preferences.rootHints);
    case 'trustAnchors':
      return zoneProblem(preferences.trustAnchors, 'trustAnchors');
    case 'timeoutSeconds':
      return timeoutProblem(preferences.timeoutSeconds);
    case 'proxy':
      return proxyProblem(preferences.proxy);
    case 'ehloName':
      return lineProblem(preferences.ehloName, 'ehloName');
    case 'maxConnections':
      return connectionsProblem(preferences.maxConnections);
    case 'contrast':
    case 'families':
    case 'smtp':
    case 'allowPrivate':
    case 'keepHistory':
      return null;
  }
}

function resolverProblem(text: string): string | null {
  if (text === '' || (readResolver(text) !== 'unfit' && text !== 'iterative')) return null;
  return 'Type the IP address of a resolver, such as 192.0.2.53, with #PORT behind it if the port is not 53. A name would itself have to be looked up.';
}

function hintsProblem(text: string): string | null {
  const problem = zoneProblem(text, 'rootHints');
  if (problem !== null || text.trim() === '') return problem;
  const parsed = parseZoneFile(text);
  const records = parsed.ok ? parsed.value : [];
  const servers = records
    .filter(({ type, name }) => type === TYPE.NS && name.labels.length === 0)
    .map(({ rdata }) => nameFromWire(rdata, 0)?.name.key);
  if (servers.length === 0) return 'No NS record of the root (“.”) is among them.';
  const reachable = records.some(
    ({ type, name }) => (type === TYPE.A || type === TYPE.AAAA) && servers.includes(name.key),
  );
  return reachable ? null : 'No address (A or AAAA) of a root server is among them.';
}

function zoneProblem(text: string, field: 'rootHints' | 'trustAnchors'): string | null {
  const most = PREFERENCE_LIMITS.zoneCharacters;
  if (text.length > most) return `That has ${text.length} characters; ${most} are taken.`;
  return text.trim() === '' ? null : composed({ [field]: text });
}

function timeoutProblem(seconds: number): string | null {
  const most = PREFERENCE_LIMITS.timeoutSeconds;
  if (seconds > 0 && seconds <= most) return null;
  return `Type a number of seconds above 0, and ${most} at most.`;
}

function connectionsProblem(count: number): string | null {
  const most = PREFERENCE_LIMITS.connections;
  if (Number.isInteger(count) && count >= 1 && count <= most) return null;
  return `Type a whole number from 1 to ${most}.`;
}

function proxyProblem(text: string): string | null {
  if (text.includes('@')) {
    return 'Settings keep no secret, so no user and password of a proxy. Give those on the command line: --proxy socks5://USER:PASSWORD@HOST:PORT.';
  }
  if (lineProblem(text, 'proxy') === null) return null;
  return 'Type the proxy as socks5://HOST:PORT, for example socks5://127.0.0.1:1080.';
}

function lineProblem(text: string, field: 'proxy' | 'ehloName'): string | null {
  const most = PREFERENCE_LIMITS.lineCharacters;
  if (text.length > most) return `That has ${text.length} characters; ${most} are taken.`;
  return text === '' ? null : composed({ [field]: text });
}

function composed(options: Partial<CoreOptions>): string | null {
  const core = composeCore({ ...DEFAULT_CORE_OPTIONS, version: '', ...options });
  return core.ok ? null : core.message;
}
