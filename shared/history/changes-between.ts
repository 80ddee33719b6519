/** What changed between two reports of one domain; times, TTLs, order and durations are no change. */
import type { Report } from '../inspection/report.ts';
import type { Change, Changes, Mark, NotCompared } from './change.ts';
import { changesOfFindings } from './changes-of-findings.ts';
import { changesOfHosts } from './changes-of-hosts.ts';
import { changesOfPolicy } from './changes-of-policy.ts';
import { changesOfServers } from './changes-of-servers.ts';
import {
  addressMark,
  certificateMark,
  DOMAIN_MARK,
  findingMark,
  hostMark,
  recordMark,
} from './mark-keys.ts';

/** Both have come to their end. */
export function changesBetween(before: Report, now: Report): Changes {
  const down = networkDown(before, now);
  if (down !== null) return { ...NOTHING, notCompared: [down] };
  const hosts = changesOfHosts(before, now);
  const policy = changesOfPolicy(before, now);
  const list = [
    ...changesOfOutcome(before, now),
    ...hosts.list,
    ...changesOfServers(before, now),
    ...policy.list,
    ...changesOfFindings(before, now, unseenHosts(hosts.notCompared)),
  ];
  return {
    list,
    notCompared: [...hosts.notCompared, ...policy.notCompared],
    marks: marksOf(list),
    askedOtherwise: askedHow(before) !== askedHow(now),
  };
}

const NOTHING: Changes = { list: [], notCompared: [], marks: new Map(), askedOtherwise: false };

/** Then it is this machine's network that changed, and nothing is known of the domain. */
function networkDown(before: Report, now: Report): NotCompared | null {
  if (now.mx.networkDown === true) return { what: 'everything', host: null, missing: 'now' };
  if (before.mx.networkDown !== true) return null;
  return { what: 'everything', host: null, missing: 'before' };
}

function unseenHosts(notCompared: readonly NotCompared[]): 'before' | 'now' | null {
  return notCompared.find(({ what }) => what === 'hosts')?.missing ?? null;
}

function changesOfOutcome(before: Report, now: Report): readonly Change[] {
  const security: Change[] = [];
  const [then, since] = [mxState(before), mxState(now)];
  if (then !== since) {
    const subject = now.domain;
    security.push({ kind: 'security', of: 'mx', subject, before: then, now: since });
  }
  if (before.outcome === now.outcome) return security;
  return [{ kind: 'outcome', before: before.outcome, now: now.outcome }, ...security];
}

function mxState({ mx }: Report): Report['mx']['security'] | 'failed' {
  return mx.failed && mx.security !== 'bogus' ? 'failed' : mx.security;
}

function askedHow({ tool, hosts }: Report): string {
  const { resolver, smtpPort, smtp, proxy, dnsPort, ownTrust } = tool;
  const given = hosts
    .filter(({ addresses }) => addresses.some(({ probes: [usual] }) => usual?.source === 'file'))
    .map(({ name }) => name);
  const trust = ownTrust === true;
  return JSON.stringify([
    resolver,
    smtpPort,
    smtp,
    proxy ?? null,
    dnsPort ?? null,
    trust,
    given.sort(),
  ]);
}

function marksOf(list: readonly Change[]): ReadonlyMap<string, Mark> {
  const marks = new Map<string, Mark>();
  const changed = (key: string): void => {
    if (!marks.has(key)) marks.set(key, 'changed');
  };
  for (const change of list) {
    switch (change.kind) {
      case 'outcome':
      case 'policy':
        changed(DOMAIN_MARK);
        break;
      case 'host':
        // What is gone has no place of its own: the domain lost it.
        if (change.what === 'new') marks.set(hostMark(change.host), 'new');
        else changed(DOMAIN_MARK);
        break;
      case 'host-outcome':
      case 'preference':
        changed(hostMark(change.host));
        break;
      case 'security':
        changed(change.of === 'mx' ? DOMAIN_MARK : hostMark(change.subject));
        break;
      case 'address':
        changed(hostMark(change.host));
        if (change.what === 'new') marks.set(addressMark(change.host, change.address), 'new');
        break;
      case 'record':
        changed(hostMark(change.host));
        if (change.what === 'new') marks.set(recordMark(change.host, change.record), 'new');
        break;
      case 'certificate':
        changed(hostMark(change.host));
        if (change.now !== null)
          marks.set(certificateMark(change.host, change.now.certSha256), 'new');
        break;
      case 'issuers':
        changed(hostMark(change.host));
        break;
      case 'mail-server':
        changed(addressMark(change.host, change.address));
        break;
      case 'finding':
        if (change.what === 'new') marks.set(findingMark(change.finding), 'new');
        break;
      case 'severity':
        changed(findingMark(change.finding));
        break;
      case 'name-server':
      case 'zone-server':
      case 'zone-keys':
        break;
    }
  }
  return marks;
}
