/** What changed of the mail hosts: which there are, their addresses, records and certificates (RFC 7672). */
import type { HostReport, Report } from '../inspection/report.ts';
import type { Change, LookUpState, NotCompared } from './change.ts';
import { changesOfCertificates } from './changes-of-certificates.ts';
import { comeAndGone } from './come-and-gone.ts';
import { recordText } from './mark-keys.ts';
import { stateOf } from './server-state.ts';

export interface Compared {
  readonly list: readonly Change[];
  readonly notCompared: readonly NotCompared[];
}

/** Nothing is called gone because it could not be looked at. */
export function changesOfHosts(before: Report, now: Report): Compared {
  const missing = missingIn(before, now, ({ mx }) => !mx.failed && mx.security !== 'bogus');
  if (missing !== null) {
    return { list: [], notCompared: [{ what: 'hosts', host: null, missing }] };
  }
  const { come, gone } = comeAndGone(before.hosts.map(nameOf), now.hosts.map(nameOf));
  const old = new Map(before.hosts.map((host) => [host.name, host]));
  const both = now.hosts.flatMap((host) => {
    const then = old.get(host.name);
    return then === undefined ? [] : [changesOfHost(then, host)];
  });
  return {
    list: [
      ...come.map((host): Change => ({ kind: 'host', host, what: 'new' })),
      ...gone.map((host): Change => ({ kind: 'host', host, what: 'gone' })),
      ...both.flatMap(({ list }) => list),
    ],
    notCompared: both.flatMap(({ notCompared }) => notCompared),
  };
}

/** In which of the two it is not known; the newer one first, since it is the one looked at. */
export function missingIn<T>(
  before: T,
  now: T,
  isKnown: (one: T) => boolean,
): 'before' | 'now' | null {
  if (!isKnown(now)) return 'now';
  return isKnown(before) ? null : 'before';
}

function nameOf({ name }: HostReport): string {
  return name;
}

function changesOfHost(before: HostReport, now: HostReport): Compared {
  const host = now.name;
  const list: Change[] = [];
  if (before.outcome !== now.outcome) {
    list.push({ kind: 'host-outcome', host, before: before.outcome, now: now.outcome });
  }
  if (before.preference !== now.preference) {
    list.push({ kind: 'preference', host, before: before.preference, now: now.preference });
  }
  const parts = [
    changesOfSecurity(host, 'addresses', addressState(before), addressState(now)),
    changesOfSecurity(host, 'tlsa', tlsaState(before), tlsaState(now)),
    changesOfRecords(before, now),
    changesOfAddresses(before, now),
    changesOfMailServers(before, now),
    { list: changesOfCertificates(before, now), notCompared: [] },
  ];
  return {
    list: [...list, ...parts.flatMap((part) => part.list)],
    notCompared: parts.flatMap((part) => part.notCompared),
  };
}

function changesOfSecurity(
  subject: string,
  of: 'addresses' | 'tlsa',
  before: LookUpState | null,
  now: LookUpState | null,
): Compared {
  if (before === now || before === null || now === null) return { list: [], notCompared: [] };
  return { list: [{ kind: 'security', of, subject, before, now }], notCompared: [] };
}

function addressState({ resolution, security }: HostReport): LookUpState | null {
  if (resolution === null) return null;
  const { a, aaaa } = resolution.failed;
  return a && aaaa && security !== 'bogus' ? 'failed' : security;
}

/** Null where a sender would not look, so that what is there decides nothing. */
function tlsaState({ tlsa }: HostReport): LookUpState | null {
  if (!tlsa.done || !tlsa.applies) return null;
  return tlsa.failed && tlsa.security !== 'bogus' ? 'failed' : tlsa.security;
}

function changesOfRecords(before: HostReport, now: HostReport): Compared {
  const host = now.name;
  const isKnown = ({ tlsa }: HostReport): boolean => tlsa.done && !tlsa.failed;
  const missing = missingIn(before, now, isKnown);
  if (missing !== null) return { list: [], notCompared: [{ what: 'records', host, missing }] };
  const texts = ({ tlsa }: HostReport): readonly string[] => tlsa.records.map(recordText);
  const { come, gone } = comeAndGone(texts(before), texts(now));
  const record = { kind: 'record', host } as const;
  return {
    list: [
      ...come.map((text): Change => ({
        ...{ ...record, owner: now.tlsa.name, record: text, what: 'new' },
      })),
      ...gone.map((text): Change => ({
        ...{ ...record, owner: before.tlsa.name, record: text, what: 'gone' },
      })),
    ],
    notCompared: [],
  };
}

/** A family whose look-up failed says nothing about its addresses. */
function changesOfAddresses(before: HostReport, now: HostReport): Compared {
  const host = now.name;
  const families = [
    { family: 4, failed: ({ resolution }: HostReport) => resolution?.failed.a ?? true },
    { family: 6, failed: ({ resolution }: HostReport) => resolution?.failed.aaaa ?? true },
  ];
  const parts = families.map(({ family, failed }): Compared => {
    const missing = missingIn(before, now, (one) => !failed(one));
    if (missing !== null) return { list: [], notCompared: [{ what: 'addresses', host, missing }] };
    const of = ({ addresses }: HostReport): readonly string[] =>
      addresses.filter((each) => each.family === family).map(({ address }) => address);
    const { come, gone } = comeAndGone(of(before), of(now));
    return {
      list: [
        ...come.map((address): Change => ({ kind: 'address', host, address, what: 'new' })),
        ...gone.map((address): Change => ({ kind: 'address', host, address, what: 'gone' })),
      ],
      notCompared: [],
    };
  });
  const [first] = parts.flatMap(({ notCompared }) => notCompared);
  return {
    list: parts.flatMap(({ list }) => list),
    notCompared: first === undefined ? [] : [first],
  };
}

function changesOfMailServers(before: HostReport, now: HostReport): Compared {
  const host = now.name;
  const old = new Map(before.addresses.map((address) => [address.address, stateOf(address)]));
  const list: Change[] = [];
  const unseen = new Set<'before' | 'now'>();
  for (const address of now.addresses) {
    if (!old.has(address.address)) continue;
    const then = old.get(address.address) ?? null;
    const since = stateOf(address);
    if (since === null && then === null) continue;
    if (since === null) unseen.add('now');
    else if (then === null) unseen.add('before');
    else if (then !== since) {
      list.push({ kind: 'mail-server', host, address: address.address, before: then, now: since });
    }
  }
  const notCompared = [...unseen].map((missing): NotCompared => ({
    ...{ what: 'mail-servers', host, missing },
  }));
  return { list, notCompared };
}
