/** What is a change between two runs, and what is none; expected values are written by hand. */
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../shared/findings/finding.ts';
import type { Change } from '../../../../shared/history/change.ts';
import { changesBetween } from '../../../../shared/history/changes-between.ts';
import { findingMark, recordMark } from '../../../../shared/history/mark-keys.ts';
import { emptyReport } from '../../../../shared/inspection/empty-report.ts';
import type { InspectionEvent } from '../../../../shared/inspection/event.ts';
import { gather } from '../../../../shared/inspection/fold.ts';
import { judge } from '../../../../shared/inspection/judge.ts';
import type {
  AncestorReport,
  CertificateReport,
  ProbeReport,
  Report,
} from '../../../../shared/inspection/report.ts';
import {
  addresses,
  degraded,
  equal,
  leaf,
  mxEvent,
  probeEvent,
  R11,
  started,
  tlsaEvent,
  tlsaRecord,
  UNEQUAL,
} from '../../renderer/streams.ts';

const MX1 = 'mx1.example.org';
const MX2 = 'mx2.example.org';
const STALE = `3 1 1 ${tlsaRecord(3, '7f31d0aa').data}`;

function reportOf(events: readonly InspectionEvent[]): Report {
  return judge(events.reduce(gather, emptyReport('example.org')));
}

/** The events with some put in the place of others. */
function replaced(
  isReplaced: (event: InspectionEvent) => boolean,
  ...others: readonly InspectionEvent[]
): Report {
  let given = false;
  return reportOf(
    degraded().flatMap((event) => {
      if (!isReplaced(event)) return [event];
      if (given) return [];
      given = true;
      return others;
    }),
  );
}

const BEFORE = reportOf(degraded());

function kinds(list: readonly Change[]): readonly string[] {
  return [...new Set(list.map(({ kind }) => kind))];
}

describe('no change', () => {
  it('is there between a run and itself', () => {
    expect(changesBetween(BEFORE, BEFORE)).toEqual({
      ...{ list: [], notCompared: [], marks: new Map(), askedOtherwise: false },
    });
  });

  it('is the time, how long it took, how much was asked, a TTL that counts down', () => {
    const later = reportOf(
      degraded().map((event): InspectionEvent => {
        if (event.kind === 'started') {
          return {
            ...event,
            at: '2026-11-24T15:09:00.000Z',
            startedAt: '2026-11-24T15:09:00.000Z',
          };
        }
        if (event.kind === 'finished') return { ...event, durationMs: 9000, queries: 3 };
        if (event.kind !== 'tlsa' || event.tlsa.ttl === null) return event;
        return { ...event, tlsa: { ...event.tlsa, ttl: 3240 } };
      }),
    );
    expect(changesBetween(BEFORE, later).list).toEqual([]);
  });

  it('is the order of hosts, addresses, records and findings', () => {
    const turned: Report = {
      ...BEFORE,
      findings: [...BEFORE.findings].reverse(),
      hosts: [...BEFORE.hosts].reverse().map((host) => ({
        ...host,
        addresses: [...host.addresses].reverse(),
        ancestors: [...host.ancestors].reverse(),
        tlsa: { ...host.tlsa, records: [...host.tlsa.records].reverse() },
      })),
    };
    expect(changesBetween(BEFORE, turned).list).toEqual([]);
  });

  it('is that a finding names fewer days than before', () => {
    const [first] = BEFORE.findings;
    if (first === undefined) throw new Error('no finding');
    const withDays = (days: number): Report => ({
      ...BEFORE,
      findings: [{ ...first, data: { ...first.data, days }, message: `in ${days} days` }],
    });
    expect(changesBetween(withDays(9), withDays(8)).list).toEqual([]);
  });
});

describe('a record put in the place of a stale one', () => {
  const mended = tlsaRecord(3, 'b2');
  const now = replaced(
    (event) => (event.kind === 'tlsa' || event.kind === 'probe') && event.host === MX2,
    tlsaEvent(MX2, [{ ...mended, data: 'b2'.padEnd(64, '0') }]),
    ...['192.0.2.20', '2001:db8:1234:5678:9abc:def0:1234:20'].map((address) =>
      probeEvent(MX2, address, [leaf(MX2, 'b2', '2026-11-21'), R11], [equal(0)]),
    ),
  );
  const changes = changesBetween(BEFORE, now);
  const fresh = `3 1 1 ${'b2'.padEnd(64, '0')}`;

  it('is one that came and one that went, by their whole text', () => {
    expect(changes.list.filter(({ kind }) => kind === 'record')).toEqual([
      { kind: 'record', host: MX2, owner: `_25._tcp.${MX2}`, record: fresh, what: 'new' },
      { kind: 'record', host: MX2, owner: `_25._tcp.${MX2}`, record: STALE, what: 'gone' },
    ]);
  });

  it('tells what it does to host and domain, the domain first', () => {
    expect(BEFORE.outcome).toBe('degraded');
    expect(changes.list[0]).toEqual({ kind: 'outcome', before: 'degraded', now: 'partial' });
    expect(changes.list).toContainEqual({
      ...{ kind: 'host-outcome', host: MX2, before: 'deferred', now: 'authenticated' },
    });
  });

  it('ends the finding of it', () => {
    const gone = changes.list.flatMap((change) =>
      change.kind === 'finding' && change.what === 'gone' ? [change.finding.code] : [],
    );
    expect(gone).toContain('tlsa-mismatch');
  });

  it('marks the new record, its host, the domain and the new finding, and nothing of the other hosts', () => {
    expect(changes.marks.get(recordMark(MX2, fresh))).toBe('new');
    expect(changes.marks.get(`host|${MX2}`)).toBe('changed');
    expect(changes.marks.get('domain')).toBe('changed');
    const match = now.findings.find(({ code, data, subject }) => {
      return code === 'tlsa-match' && `${subject} ${JSON.stringify(data)}`.includes(MX2);
    });
    expect(match).toBeDefined();
    if (match !== undefined) expect(changes.marks.get(findingMark(match))).toBe('new');
    expect([...changes.marks.keys()].filter((key) => key.includes(MX1))).toEqual([]);
  });
});

describe('mail hosts', () => {
  const fewer = reportOf(
    degraded().map((event): InspectionEvent =>
      event.kind === 'mx'
        ? mxEvent('example.org', [
            [10, MX1],
            [50, MX2],
            [60, 'mx3.example.org'],
          ])
        : event,
    ),
  );

  it('come, go, and change their place', () => {
    const { list } = changesBetween(BEFORE, fewer);
    expect(list).toContainEqual({ kind: 'host', host: 'mx3.example.org', what: 'new' });
    expect(list).toContainEqual({ kind: 'host', host: 'mx.backup.net', what: 'gone' });
    expect(list).toContainEqual({ kind: 'preference', host: MX2, before: 20, now: 50 });
  });

  it('are not called gone where the look-up failed: that is told in their place', () => {
    const failed = reportOf([
      started('example.org'),
      {
        ...{ kind: 'mx', nonexistent: false, failed: true },
        mx: { ...emptyReport('example.org').mx, failed: true },
      },
      { kind: 'finished', durationMs: 10, queries: 4 },
    ]);
    const there = changesBetween(BEFORE, failed);
    expect(there.notCompared).toContainEqual({ what: 'hosts', host: null, missing: 'now' });
    expect(there.list).toContainEqual({
      ...{ kind: 'security', of: 'mx', subject: 'example.org', before: 'secure', now: 'failed' },
    });
    expect(there.list).not.toContainEqual(expect.objectContaining({ what: 'gone' }));
    const back = changesBetween(failed, BEFORE);
    expect(back.notCompared).toContainEqual({ what: 'hosts', host: null, missing: 'before' });
    expect(back.list).not.toContainEqual(expect.objectContaining({ what: 'new' }));
  });

  it('are not compared at all where it was this machine’s network', () => {
    const down: Report = { ...BEFORE, outcome: 'unknown', mx: { ...BEFORE.mx, networkDown: true } };
    expect(changesBetween(BEFORE, down)).toMatchObject({
      ...{ list: [], notCompared: [{ what: 'everything', host: null, missing: 'now' }] },
    });
  });
});

describe('what one host shows', () => {
  it('is not called gone where its records or addresses could not be looked up', () => {
    const now = replaced(
      (event) => event.kind === 'tlsa' && event.host === MX1,
      ...degraded().flatMap((event): InspectionEvent[] => {
        if (event.kind !== 'tlsa' || event.host !== MX1) return [];
        return [
          { ...event, tlsa: { ...event.tlsa, failed: true, records: [], rcode: 'SERVFAIL' } },
        ];
      }),
      {
        ...{ kind: 'addresses', host: MX1, security: 'secure', lookUps: [], alias: null },
        addresses: [{ address: '192.0.2.10', family: 4, security: 'secure', probes: [] }],
        failed: { a: false, aaaa: true },
      },
    );
    const { list, notCompared } = changesBetween(BEFORE, now);
    expect(list.filter(({ kind }) => kind === 'record' || kind === 'address')).toEqual([]);
    expect(notCompared).toContainEqual({ what: 'records', host: MX1, missing: 'now' });
    expect(notCompared).toContainEqual({ what: 'addresses', host: MX1, missing: 'now' });
    expect(list).toContainEqual({
      ...{ kind: 'security', of: 'tlsa', subject: MX1, before: 'secure', now: 'failed' },
    });
  });

  it('is an address that came and one that went', () => {
    const now = replaced(
      (event) => event.kind === 'addresses' && event.host === MX1,
      addresses(MX1, ['192.0.2.11', '2001:db8::10']),
    );
    expect(changesBetween(BEFORE, now).list.filter(({ kind }) => kind === 'address')).toEqual([
      { kind: 'address', host: MX1, address: '192.0.2.11', what: 'new' },
      { kind: 'address', host: MX1, address: '192.0.2.10', what: 'gone' },
    ]);
  });

  it('is a certificate replaced by one with the same key', () => {
    const renewed = { ...leaf(MX1, 'a1', '2026-11-20'), certSha256: 'ee'.repeat(32) };
    const now = withChain([renewed, R11]);
    const list = certificates(now);
    expect(list).toMatchObject([
      {
        ...{ kind: 'certificate', host: MX1 },
        before: { certSha256: 'a1'.padEnd(64, '1'), spkiSha256: 'a1'.padEnd(64, '0') },
        now: { certSha256: 'ee'.repeat(32), spkiSha256: 'a1'.padEnd(64, '0') },
      },
    ]);
  });

  it('is another issuer behind the same certificate', () => {
    const other = { ...R11, subject: 'CN=R12', certSha256: 'dd'.repeat(32) };
    expect(certificates(withChain([leaf(MX1, 'a1', '2026-10-02'), other]))).toEqual([
      { kind: 'issuers', host: MX1, come: ['CN=R12'], gone: [R11.subject] },
    ]);
  });

  it('is a certificate besides the one before, with a key of another kind', () => {
    const other = { ...leaf(MX1, 'ab', '2026-10-02'), keyType: 'RSA 2048' };
    const now = reportOf([
      ...degraded(),
      probeEvent(MX1, '192.0.2.10', [other, R11], [UNEQUAL], { index: 1, offer: 'rsa' }),
    ]);
    expect(certificates(now)).toMatchObject([
      { before: null, now: { certSha256: 'ab'.padEnd(64, '1') } },
    ]);
  });

  it('is that a server answers no more, and then its certificate is not called gone', () => {
    const silent = withProbes((event) => ({
      ...event,
      probe: { ...event.probe, ok: false, failure: 'timeout', chain: [], verdict: null },
    }));
    const { list } = changesBetween(BEFORE, silent);
    expect(list.filter(({ kind }) => kind === 'mail-server')).toEqual([
      { kind: 'mail-server', host: MX1, address: '192.0.2.10', before: 'tls', now: 'timeout' },
      { kind: 'mail-server', host: MX1, address: '2001:db8::10', before: 'tls', now: 'timeout' },
    ]);
    expect(list.filter(({ kind }) => kind === 'certificate' || kind === 'issuers')).toEqual([]);
  });

  it.each(['skipped', 'private-address', 'proxy', 'limit', 'unsupported'] as const)(
    'is not known where it was %s on our side',
    (failure) => {
      const left = withProbes((event) => ({
        ...event,
        probe: { ...event.probe, ok: false, failure, chain: [], verdict: null },
      }));
      const { list, notCompared } = changesBetween(BEFORE, left);
      expect(kinds(list)).not.toContain('mail-server');
      expect(notCompared).toContainEqual({ what: 'mail-servers', host: MX1, missing: 'now' });
    },
  );

  it('leaves out what was presented without a server name, or came out of a file', () => {
    const without = probeEvent(MX1, '192.0.2.10', [leaf('other', '99', '2026-10-02')], [], {
      ...{ index: 1, offer: 'no-sni' },
    });
    expect(certificates(reportOf([...degraded(), without]))).toEqual([]);
    const file = withProbes((event) => ({
      ...event,
      probe: { ...event.probe, source: 'file', chain: [leaf(MX1, '77', '2026-11-01')] },
    }));
    expect(certificates(file)).toEqual([]);
    const failing = withProbes((event) => ({
      ...event,
      probe: { ...event.probe, source: 'file', ok: false, failure: 'tls-failed' },
    }));
    expect(kinds(changesBetween(BEFORE, failing).list)).not.toContain('mail-server');
  });

  it('pairs certificates by the kind of their keys', () => {
    const rsa = (seed: string) => ({ ...leaf(MX1, seed, '2026-10-02'), keyType: 'RSA 2048' });
    const both = (...chains: readonly (readonly [CertificateReport])[]): Report =>
      reportOf([
        ...degraded().filter((event) => event.kind !== 'probe' || event.host !== MX1),
        ...chains.map(([certificate], index) =>
          probeEvent(MX1, '192.0.2.10', [certificate, R11], [], { index }),
        ),
      ]);
    const ecdsa = (seed: string) => leaf(MX1, seed, '2026-10-02');
    const { list } = changesBetween(
      both([rsa('c1')], [ecdsa('d1')]),
      both([ecdsa('d2')], [rsa('c2')]),
    );
    const pairs = list.flatMap((change) =>
      change.kind === 'certificate'
        ? [[change.before?.certSha256.slice(0, 2), change.now?.certSha256.slice(0, 2)]]
        : [],
    );
    expect(pairs).toEqual([
      ['d1', 'd2'],
      ['c1', 'c2'],
    ]);
  });

  it('calls no certificate new for being presented at an address that was not there before', () => {
    const now = reportOf([
      ...degraded().map((event) =>
        event.kind === 'addresses' && event.host === MX1
          ? addresses(MX1, ['192.0.2.10', '2001:db8::10', '192.0.2.12'])
          : event,
      ),
      probeEvent(MX1, '192.0.2.12', [leaf(MX1, '55', '2026-10-02'), R11], [UNEQUAL]),
    ]);
    expect(certificates(now)).toEqual([]);
  });

  function withChain(chain: Parameters<typeof probeEvent>[2]): Report {
    return withProbes((event) => ({ ...event, probe: { ...event.probe, chain } }));
  }

  function certificates(now: Report): readonly Change[] {
    const { list } = changesBetween(BEFORE, now);
    return list.filter(({ kind }) => kind === 'certificate' || kind === 'issuers');
  }
});

type ProbeEvent = Extract<InspectionEvent, { readonly kind: 'probe' }>;

function withProbes(change: (event: ProbeEvent) => ProbeEvent): Report {
  return reportOf(
    degraded().map((event) =>
      event.kind === 'probe' && event.host === MX1 ? change(event) : event,
    ),
  );
}

describe('name servers', () => {
  const row: AncestorReport = {
    ...{ name: `_tcp.${MX2}`, server: 'ns1.example.org', address: '192.0.2.53' },
    ...{ rcode: 'NOERROR', security: 'secure', ok: true, fault: null, proven: true },
    ...{ covers: false, coveredNames: [], answer: 'empty', reason: '', raw: '', questions: [] },
  };
  const told = (
    ancestors: readonly AncestorReport[],
    tlsaServers: Extract<InspectionEvent, { readonly kind: 'ancestors' }>['tlsaServers'] = [],
  ): Report =>
    replaced((event) => event.kind === 'ancestors' && event.host === MX2, {
      ...{ kind: 'ancestors', host: MX2, ancestors, tlsaServers },
    });
  const denied: AncestorReport = {
    ...{ ...row, rcode: 'NXDOMAIN', ok: false, fault: 'ancestor-nxdomain', answer: 'nxdomain' },
  };

  it('that answer otherwise about a name are told by name and address', () => {
    expect(changesBetween(told([row]), told([denied])).list).toContainEqual({
      ...{ kind: 'name-server', server: 'ns1.example.org', address: '192.0.2.53' },
      names: [{ name: row.name, before: 'NOERROR', now: 'NXDOMAIN' }],
    });
  });

  it('are not compared about names that only one run asked for', () => {
    expect(kinds(changesBetween(told([]), told([denied])).list)).not.toContain('name-server');
  });

  it('that depart from what the others show are told; that all show a new record is not', () => {
    const server = (address: string, records: readonly string[]) => ({
      ...{ server: 'ns1.example.org', address, rcode: 'NOERROR', security: 'secure' as const },
      ...{ records, verdict: null },
    });
    const both = told([], [server('192.0.2.53', [STALE]), server('192.0.2.54', [STALE])]);
    const lagging = told([], [server('192.0.2.53', [STALE]), server('192.0.2.54', ['3 1 1 00'])]);
    expect(changesBetween(both, lagging).list).toContainEqual({
      ...{ kind: 'name-server', server: 'ns1.example.org', address: '192.0.2.54' },
      names: [{ name: `_25._tcp.${MX2}`, before: 'the same records', now: 'other records' }],
    });
    expect(kinds(changesBetween(both, both).list)).toEqual([]);
  });

  it('and keys of a zone come and go', () => {
    const before: Report = { ...BEFORE, surveys: [survey('192.0.2.53'), OTHER_SURVEY] };
    const now: Report = {
      ...BEFORE,
      surveys: [survey('192.0.2.54')],
      zones: BEFORE.zones.map((zone) => ({
        ...zone,
        ds: zone.ds.map((ds) => ({ ...ds, keyTag: zone.zone === 'org' ? 4242 : ds.keyTag })),
      })),
    };
    const server = { kind: 'zone-server', zone: 'example.org', server: 'ns1.example.org' };
    expect(changesBetween(before, now).list).toEqual([
      { ...server, address: '192.0.2.54', what: 'new' },
      { ...server, address: '192.0.2.53', what: 'gone' },
      { kind: 'zone-keys', zone: 'org', come: [4242], gone: [26974] },
    ]);
  });

  function survey(address: string): Report['surveys'][number] {
    const servers = [{ server: 'ns1.example.org', address, questions: [] }];
    return { zone: 'example.org', security: 'secure', servers };
  }
  const OTHER_SURVEY = { zone: 'backup.net', security: 'secure', servers: [] } as const;
});

describe('policy, findings and circumstances', () => {
  const mtaSts = {
    ...BEFORE.policy.mtaSts,
    ...{ checked: true, record: 'v=STSv1; id=1', id: '1', security: 'secure' as const },
    policy: { mode: 'testing' as const, maxAge: 86_400, mx: ['b.example', 'a.example'] },
  };
  const withPolicy = (change: Partial<Report['policy']['mtaSts']>): Report => ({
    ...BEFORE,
    policy: { ...BEFORE.policy, mtaSts: { ...mtaSts, ...change } },
  });

  it('a policy that is enforced now is a change; the order of its hosts is none', () => {
    const { list } = changesBetween(
      withPolicy({}),
      withPolicy({ policy: { ...mtaSts.policy, mode: 'enforce' } }),
    );
    expect(list).toEqual([
      {
        ...{ kind: 'policy', of: 'mta-sts' },
        before: 'testing, id 1, for a.example b.example',
        now: 'enforce, id 1, for a.example b.example',
      },
    ]);
    const turned = withPolicy({ policy: { ...mtaSts.policy, mx: ['a.example', 'b.example'] } });
    expect(changesBetween(withPolicy({}), turned).list).toEqual([]);
  });

  it('a policy that was not looked at is not called gone', () => {
    const { list, notCompared } = changesBetween(withPolicy({}), BEFORE);
    expect(list).toEqual([]);
    expect(notCompared).toEqual([{ what: 'policy', host: null, missing: 'now' }]);
  });

  it('a finding that weighs more is a change, not one that went and one that came', () => {
    const now: Report = {
      ...BEFORE,
      findings: BEFORE.findings.map((finding) =>
        finding.code === 'tlsa-mismatch' ? { ...finding, severity: 'warning' } : finding,
      ),
    };
    expect(changesBetween(BEFORE, now).list).toMatchObject([
      { kind: 'severity', finding: { code: 'tlsa-mismatch' }, before: 'error', now: 'warning' },
    ]);
  });

  it('of two findings alike, one that goes is one', () => {
    const [first] = BEFORE.findings;
    if (first === undefined) throw new Error('no finding');
    const of = (...names: readonly string[]): Report => ({
      ...BEFORE,
      findings: names.map((name) => ({ ...first, data: { name } })),
    });
    expect(changesBetween(of('a', 'b'), of('b')).list).toMatchObject([
      { kind: 'finding', what: 'gone', finding: { data: { name: 'a' } } },
    ]);
  });

  it('that it was asked another way is told', () => {
    const through: Report = { ...BEFORE, tool: { ...BEFORE.tool, resolver: '192.0.2.1#53' } };
    expect(changesBetween(BEFORE, through)).toMatchObject({ list: [], askedOtherwise: true });
    const newer: Report = { ...BEFORE, tool: { ...BEFORE.tool, version: '9.9' } };
    expect(changesBetween(BEFORE, newer).askedOtherwise).toBe(false);
  });
});

describe('what was not looked at both times', () => {
  const findings = (before: Report, now: Report): readonly string[] =>
    changesBetween(before, now).list.flatMap((change) =>
      change.kind === 'finding' ? [`${change.what} ${change.finding.code}`] : [],
    );
  const withProbesOf = (wanted: string, more: Partial<ProbeReport>): Report =>
    reportOf(
      degraded().map((event) =>
        event.kind === 'probe' && event.host === wanted
          ? { ...event, probe: { ...event.probe, ...more } }
          : event,
      ),
    );
  const silent: Partial<ProbeReport> = {
    ...{ ok: false, failure: 'timeout', stage: 'connect', starttls: null },
    ...{ chain: [], associations: [], verdict: null },
  };

  it('has not ended: a server that is silent has not mended its certificate', () => {
    const now = withProbesOf(MX2, silent);
    expect(findings(BEFORE, now)).not.toContain('gone tlsa-mismatch');
    expect(findings(BEFORE, now)).toContain('new smtp-unreachable');
    expect(findings(now, BEFORE)).not.toContain('new tlsa-mismatch');
    expect(findings(now, BEFORE)).toContain('gone smtp-unreachable');
  });

  it('has not ended where no mail server was to be spoken to, which is told', () => {
    const dnsOnly = reportOf(
      degraded().flatMap((event): InspectionEvent[] => {
        if (event.kind === 'started') return [{ ...event, smtp: false }];
        return event.kind === 'probe' ? [] : [event];
      }),
    );
    const changes = changesBetween(BEFORE, dnsOnly);
    expect(changes.askedOtherwise).toBe(true);
    const ofSessions = /tlsa-(match|mismatch|record)|certificate|chain|smtp|rollover/;
    expect(findings(BEFORE, dnsOnly).filter((each) => ofSessions.test(each))).toEqual([]);
    expect(findings(dnsOnly, BEFORE).filter((each) => ofSessions.test(each))).toEqual([]);
  });

  it('has not ended where the TLSA records could not be looked up', () => {
    const failed = reportOf(
      degraded().map((event) =>
        event.kind === 'tlsa' && event.host === MX2
          ? { ...event, tlsa: { ...event.tlsa, failed: true, records: [] } }
          : event,
      ),
    );
    expect(findings(BEFORE, failed)).not.toContain('gone tlsa-mismatch');
    expect(findings(failed, BEFORE)).not.toContain('new tlsa-mismatch');
  });

  it('is ended with the host that is no mail host any more', () => {
    const hosts = BEFORE.hosts.filter(({ name }) => name !== MX2);
    const left = BEFORE.findings.filter(({ code }) => code !== 'tlsa-mismatch');
    expect(findings(BEFORE, { ...BEFORE, hosts, findings: left })).toEqual(['gone tlsa-mismatch']);
  });

  it('a policy that was not asked for has not passed', () => {
    const [first] = BEFORE.findings;
    if (first === undefined) throw new Error('no finding');
    const policy: Finding = { ...first, code: 'mta-sts-invalid', subject: 'example.org' };
    const { mtaSts, tlsRpt } = BEFORE.policy;
    const checked = (isChecked: boolean, some: readonly Finding[]): Report => ({
      ...{ ...BEFORE, findings: some },
      policy: { mtaSts: { ...mtaSts, checked: isChecked }, tlsRpt },
    });
    expect(findings(checked(true, [policy]), checked(false, []))).toEqual([]);
    expect(findings(checked(true, [policy]), checked(true, []))).toEqual(['gone mta-sts-invalid']);
  });

  it('a certificate is not gone because its kind of key could not be asked for', () => {
    const rsa = { ...leaf(MX1, 'ab', '2026-10-02'), keyType: 'RSA 2048' };
    const asked = (more: Partial<ProbeReport>): Report => {
      const offer = { index: 1, offer: 'rsa' } as const;
      const chain = more.ok === false ? [] : [rsa, R11];
      return reportOf([
        ...degraded(),
        probeEvent(MX1, '192.0.2.10', chain, [UNEQUAL], { ...offer, ...more }),
      ]);
    };
    const certificates = (before: Report, now: Report): readonly Change[] =>
      changesBetween(before, now).list.filter(({ kind }) => kind === 'certificate');
    const late = asked({ ok: false, failure: 'timeout' });
    expect(certificates(asked({}), late)).toEqual([]);
    expect(certificates(late, asked({}))).toEqual([]);
    const without = asked({ ok: false, failure: 'tls-failed' });
    expect(certificates(asked({}), without)).toMatchObject([{ now: null }]);
    expect(certificates(without, asked({}))).toMatchObject([{ before: null }]);
  });

  it('keys that the parent points to are not gone because nobody told of them', () => {
    const unheard = (security: 'indeterminate' | 'insecure', parent: 'secure' | 'insecure') => ({
      ...BEFORE,
      zones: BEFORE.zones.map((zone) => {
        if (zone.zone === 'org') return { ...zone, security: parent };
        return zone.zone === 'example.org' ? { ...zone, security, ds: [] } : zone;
      }),
    });
    const keys = (now: Report): readonly Change[] =>
      changesBetween(BEFORE, now).list.filter(({ kind }) => kind === 'zone-keys');
    expect(keys(unheard('indeterminate', 'secure'))).toEqual([]);
    expect(keys(unheard('insecure', 'insecure'))).toEqual([]);
    expect(keys(unheard('insecure', 'secure'))).toMatchObject([
      { zone: 'example.org', come: [], gone: [expect.any(Number)] },
    ]);
  });

  it('servers of which only some were asked do not come and go', () => {
    const swarm = (address: string): Report => ({
      ...BEFORE,
      surveys: [
        {
          ...{ zone: 'example.org', security: 'secure' },
          servers: [{ server: 'ns1.example.org', address, questions: [] }],
        },
      ],
      observations: [
        ...BEFORE.observations,
        {
          ...{ code: 'limit-reached', subject: 'example.org' },
          parameters: { limit: 'MAX_SERVERS_PER_ZONE' },
        },
      ],
    });
    expect(changesBetween(swarm('192.0.2.53'), swarm('192.0.2.54')).list).toEqual([]);
  });

  it('another trust anchor, or a chain out of a file, is another way of asking', () => {
    const own: Report = { ...BEFORE, tool: { ...BEFORE.tool, ownTrust: true } };
    expect(changesBetween(BEFORE, own).askedOtherwise).toBe(true);
    const given = withProbesOf(MX2, { source: 'file' });
    expect(changesBetween(BEFORE, given).askedOtherwise).toBe(true);
  });
});
