// Servers of one zone that contradict one another or themselves, and what cannot be asked at all (RFC 1034 §4.3.5).
import { describe, expect, test } from 'vitest';
import { TYPE } from '../../../shared/dns/record-type.ts';
import type { Finding } from '../../../shared/findings/finding.ts';
import {
  answering,
  both,
  datagrams,
  DOMAIN,
  ENT,
  forType,
  HOST,
  inspectWorld,
  NS1,
  NS2,
  OWNER,
  RECORD,
  silence,
  SPARE,
  worldWith,
  ZONE_RECORDS,
  type Answer,
  type Inspected,
} from './faulty-world.ts';

const NOTHING: Answer = {
  rcode: 0,
  authoritative: true,
  answers: [],
  authorities: [],
  additionals: [],
};
const UNSIGNED = worldWith({ unsigned: true });

function find({ report }: Inspected, code: string): Finding | undefined {
  return report.findings.find((finding) => finding.code === code);
}

/** The last octet of the RDATA is another one. */
function changed(at: number): (answer: Answer) => Answer {
  return (answer) => ({
    ...answer,
    answers: answer.answers.map((record) => {
      const rdata = record.rdata.slice();
      const place = at < 0 ? rdata.length + at : at;
      rdata[place] = (rdata[place] ?? 0) ^ 1;
      return { ...record, rdata };
    }),
  });
}

describe('servers that differ are told with what each of them says:', () => {
  // RFC 1035 §3.3.13: the serial ends 16 octets before the end.
  test.each([
    ['SOA serial', TYPE.SOA, -17, 'soa-servers-disagree', DOMAIN, 'warning'],
    ['MX', TYPE.MX, 1, 'mx-servers-disagree', DOMAIN, 'error'],
    ['A', TYPE.A, -1, 'address-servers-disagree', HOST, 'warning'],
    ['AAAA', TYPE.AAAA, -1, 'address-servers-disagree', HOST, 'warning'],
  ] as const)('%s', async (_what, type, at, code, subject, severity) => {
    const inspected = await inspectWorld({ [NS2]: forType(type, changed(at)) }, UNSIGNED);
    const finding = find(inspected, code);
    expect(finding).toMatchObject({ severity, subject });
    const groups = finding?.data['groups'];
    expect(groups).toHaveLength(2);
    expect(String(groups)).toContain(NS1);
    expect(String(groups)).toContain(NS2);
    expect(finding?.data['raw']).toMatch(/^[0-9a-f]{24,}$/);
    expect(finding?.remedy).toContain(`dig @${NS2} +norecurse +dnssec ${subject}`);
    expect(find(await inspectWorld({}, UNSIGNED), code)).toBeUndefined();
  });

  test('DNSKEY, where one server lacks a key that signs nothing it needs', async () => {
    const oneKey = (answer: Answer): Answer => ({ ...answer, answers: answer.answers.slice(1) });
    const inspected = await inspectWorld({ [NS2]: forType(TYPE.DNSKEY, oneKey) });
    expect(find(inspected, 'dnskey-servers-disagree')).toMatchObject({
      severity: 'error',
      subject: DOMAIN,
    });
    expect(inspected.outcome).toBe('authenticated');
  });

  test('and so is one that says one thing over UDP and another over TCP', async () => {
    const overUdp = datagrams((answer) =>
      answer.questions[0]?.type === TYPE.MX
        ? { ...answer, answers: changed(1)({ ...NOTHING, answers: answer.answers }).answers }
        : answer,
    );
    const finding = find(await inspectWorld({ [NS2]: overUdp }, UNSIGNED), 'mx-servers-disagree');
    expect(String(finding?.data['groups'])).toContain(`(${NS2}, over UDP)`);
    expect(String(finding?.data['groups'])).toContain(`(${NS2}, over TCP)`);
    expect(String(finding?.data['groups'])).not.toContain(`(${NS1}, over`);
  });
});

describe('a denial that covers names which exist', () => {
  const nsec3 = {
    kind: 'nsec3',
    iterations: 0,
    salt: new Uint8Array(0),
    optOut: false,
    omitEmptyNonTerminals: false,
  } as const;

  test('is found on whatever question it comes with (RFC 8198 §5)', async () => {
    // As if the host had no IPv6 address: the proof for its AAAA is right, the rest of the chain is not.
    const records = ZONE_RECORDS.replace(/^.*AAAA.*$/m, '');
    const world = await inspectWorld({}, worldWith({ records, denial: nsec3 }));
    expect(find(world, 'ancestor-denied')).toBeUndefined();
    const broken = await inspectWorld(
      both(answering(ENT, null, (answer) => answer)),
      worldWith({ records, denial: { ...nsec3, omitEmptyNonTerminals: true } }),
    );
    expect(find(broken, 'ancestor-denied')?.subject).toBe(ENT);
  });
});

describe('the TLSA look-up that fails for its type alone', () => {
  test('says which types the servers do answer', async () => {
    const inspected = await inspectWorld(both(forType(TYPE.TLSA, silence)));
    const finding = find(inspected, 'tlsa-lookup-failed');
    expect(finding?.data['otherTypes']).toEqual(expect.arrayContaining(['A', 'SOA']));
    expect(finding?.data['rcodes']).toEqual(['TIMEOUT']);
    expect(finding?.message).toContain('it is the type TLSA');
    expect(finding?.remedy).toContain(`dig @${NS1} +norecurse +dnssec ${OWNER} TLSA`);
  });
});

describe('the zone that is asked', () => {
  const OTHER = '192.0.2.31';
  const elsewhere = [
    ...worldWith({
      records: ZONE_RECORDS.replace(/^.*TLSA.*$/gm, '').concat(
        '\n  _25._tcp.mx CNAME _25._tcp.tlsa.other.test.',
      ),
    }),
    {
      apex: 'other.test',
      servers: [['ns.other.test', OTHER]] as const,
      records: `_25._tcp.tlsa TLSA ${RECORD}\n_25._tcp.tlsa TLSA ${SPARE}`,
    },
  ];

  test('for the ancestors of TLSA records behind an alias is the one that holds them', async () => {
    const { report, faults, outcome } = await inspectWorld({}, elsewhere);
    expect(faults).toEqual([]);
    expect(outcome).toBe('authenticated');
    expect(report.hosts[0]?.ancestors.map(({ name, address }) => `${name} ${address}`)).toEqual(
      ['_25._tcp.tlsa', '_tcp.tlsa', 'tlsa']
        .map((name) => `${name}.other.test ${OTHER}`)
        .concat(`other.test ${OTHER}`),
    );
    expect(report.surveys.map(({ zone }) => zone).sort()).toEqual([DOMAIN, 'other.test']);
  });

  test('and a fault there is told by its own names', async () => {
    const ent = '_tcp.tlsa.other.test';
    const { faults, outcome } = await inspectWorld(
      { [OTHER]: answering(ent, null, (answer) => ({ ...answer, rcode: 3 })) },
      elsewhere,
    );
    expect(faults).toEqual([
      `error ancestor-bogus ${ent}`,
      `error ancestor-nxdomain ${ent}`,
      `error denial-invalid ${ent}`,
    ]);
    expect(outcome).toBe('deferred');
  });

  test('is surveyed also where the MX look-up fails: which server says what is what helps', async () => {
    const servfail = (): Answer => ({ ...NOTHING, rcode: 2, authoritative: false });
    const { report } = await inspectWorld(both(forType(TYPE.MX, servfail)));
    expect(report.outcome).toBe('broken');
    const rcodes = report.surveys[0]?.servers.map(({ questions }) =>
      questions.filter(({ type }) => type === 'MX').map(({ rcode }) => rcode),
    );
    expect(rcodes).toEqual([
      ['SERVFAIL', 'SERVFAIL'],
      ['SERVFAIL', 'SERVFAIL'],
    ]);
  });
});

describe('rows of the grid', () => {
  test('say which question it was, when another is answered rightly', async () => {
    const { report } = await inspectWorld({
      [NS1]: answering(ENT, TYPE.NS, (answer) => ({ ...answer, rcode: 3 })),
    });
    const row = report.hosts[0]?.ancestors.find(
      ({ name, address }) => name === ENT && address === NS1,
    );
    expect(row).toMatchObject({ fault: 'ancestor-nxdomain', ok: false });
    expect(row?.reason).toMatch(/^asked for NS over UDP: says that/);
    expect(
      row?.questions.filter(({ answer }) => answer === 'empty').map(({ type }) => type),
    ).toEqual(['A', 'A']);
    const finding = report.findings.find(({ code }) => code === 'ancestor-nxdomain');
    expect(finding?.data['only']).toEqual(['NS over UDP', 'NS over TCP']);
    expect(finding?.remedy).toContain(`dig @${NS1} +norecurse +dnssec ${ENT} NS`);
  });

  test('are never red without a finding that names their server or name', async () => {
    const faults = [
      { [NS1]: forType(TYPE.TLSA, silence) },
      { [NS1]: { silent: true } },
      { [NS1]: { tamper: () => null } },
      { [NS1]: answering(HOST, TYPE.NS, silence) },
      { [NS1]: { noTcp: true } },
    ];
    for (const servers of faults) {
      const { report } = await inspectWorld(servers);
      const red = report.hosts[0]?.ancestors.filter(({ ok }) => !ok) ?? [];
      const told = JSON.stringify(report.findings.filter(({ severity }) => severity !== 'ok'));
      for (const { address } of red) expect(told).toContain(address);
    }
  });
});

describe('many servers and hosts', () => {
  const servers = Array.from({ length: 13 }, (_, i): readonly [string, string] => [
    `ns${i}.example.test`,
    `192.0.2.${100 + i}`,
  ]);

  test('stay within 200 queries, and what was left out is told', async () => {
    const inspected = await inspectWorld({}, worldWith({ servers }));
    expect(inspected.report.queries).toBeLessThanOrEqual(200);
    expect(inspected.outcome).toBe('authenticated');
    const limit = find(inspected, 'limit-reached');
    expect(limit).toMatchObject({ severity: 'notice', subject: DOMAIN });
    expect(limit?.data['limit']).toBe('MAX_SURVEY_QUERIES');
    // The most telling ones were asked of all.
    const asked = inspected.report.surveys[0]?.servers.map(({ questions }) =>
      questions.some(({ type, transport }) => type === 'SOA' && transport === 'tcp'),
    );
    expect(asked).toEqual(servers.map(() => true));
  });
});
