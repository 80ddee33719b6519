// What each authoritative server answers by itself, and what is said of it (RFC 8020, 8198, 9156, 6891, 7766, 1912).
import { describe, expect, test } from 'vitest';
import type { Message } from '../../../electron/wire/message.ts';
import { RCODE } from '../../../shared/dns/rcode.ts';
import { TYPE, typeToText } from '../../../shared/dns/record-type.ts';
import type { ServerScript, ZoneScript } from '../dns/world.ts';
import {
  answering,
  both,
  datagrams,
  DOMAIN,
  ENT,
  failing,
  forType,
  HOST,
  inspectWorld,
  NS1,
  NS2,
  OWNER,
  silence,
  without,
  withRcode,
  worldWith,
  ZONE_RECORDS,
} from './faulty-world.ts';

const NSEC3 = {
  kind: 'nsec3',
  iterations: 0,
  salt: new Uint8Array(0),
  optOut: false,
  omitEmptyNonTerminals: false,
} as const;
const denied = withRcode(RCODE.NXDOMAIN);
const bare = without(TYPE.NSEC, TYPE.NSEC3);
const unproven = [
  `error ancestor-bogus ${ENT}`,
  `error ancestor-nxdomain ${ENT}`,
  `error denial-invalid ${ENT}`,
];

describe('sound servers', () => {
  test.each([
    ['with NSEC', {}],
    ['with NSEC3', { denial: NSEC3 }],
    ['with NSEC3 and opt-out', { denial: { ...NSEC3, optOut: true } }],
    [
      'with the domain as its own host',
      {
        records: ZONE_RECORDS.replace(/^.*MX.*$/m, '')
          .replaceAll('_tcp.mx', '_tcp')
          .replaceAll('mx A', '@ A'),
      },
    ],
    ['with the TLSA record from a wildcard', { records: wildcard() }],
    [
      'with a delegation below the host',
      { records: `${ZONE_RECORDS}\n  sub.mx NS ns.sub.mx\n  ns.sub.mx A 192.0.2.77` },
    ],
  ] satisfies [string, Partial<ZoneScript>][])('raise nothing (%s)', async (_claim, zone) => {
    const { faults, outcome, report } = await inspectWorld({}, worldWith(zone));
    expect(faults).toEqual([]);
    expect(outcome).toBe('authenticated');
    expect(report.findings.map(({ code }) => code)).toContain('ancestors-ok');
  });

  test('of an unsigned zone are compared, but not asked for TLSA names', async () => {
    const { faults, report, world } = await inspectWorld({}, worldWith({ unsigned: true }));
    expect(faults.filter((fault) => fault.startsWith('error'))).toEqual([]);
    expect(report.surveys.map(({ zone, security }) => [zone, security])).toEqual([
      [DOMAIN, 'insecure'],
    ]);
    expect(world.askedAt(NS1)).not.toContain(`${ENT} NS`);
  });
});

function wildcard(): string {
  return ZONE_RECORDS.replaceAll('_25._tcp.mx', '*._tcp.mx');
}

describe('every server is asked', () => {
  test('over UDP and TCP, for zone, host, TLSA records and each name above them as minimising resolvers ask', async () => {
    const { report } = await inspectWorld();
    const [survey] = report.surveys;
    expect(survey?.servers.map(({ address }) => address).sort()).toEqual([NS1, NS2]);
    const asked = survey?.servers[0]?.questions.map(
      ({ name, type, transport }) => `${name} ${type} ${transport}`,
    );
    expect(asked?.sort()).toEqual(
      ['udp', 'tcp']
        .flatMap((transport) =>
          [
            `${DOMAIN} SOA`,
            `${DOMAIN} DNSKEY`,
            `${DOMAIN} MX`,
            `${HOST} A`,
            `${HOST} AAAA`,
            `${OWNER} TLSA`,
          ].map((question) => `${question} ${transport}`),
        )
        .sort(),
    );
    for (const row of report.hosts[0]?.ancestors ?? []) {
      const types = row.name === OWNER ? ['TLSA'] : ['A', 'NS'];
      expect(row.questions.map(({ type, transport }) => `${type} ${transport}`).sort()).toEqual(
        types.flatMap((type) => [`${type} tcp`, `${type} udp`]).sort(),
      );
    }
  });

  test('and there stays one row for each name at each server, with its packet', async () => {
    const { report } = await inspectWorld();
    const rows = report.hosts[0]?.ancestors.map(({ name, address }) => `${name} ${address}`);
    expect(rows?.sort()).toEqual(
      [OWNER, ENT, HOST, DOMAIN].flatMap((name) => [`${name} ${NS1}`, `${name} ${NS2}`]).sort(),
    );
    expect(report.hosts[0]?.ancestors.every(({ raw }) => raw.length > 0)).toBe(true);
  });

  test('over one TCP connection for all questions', async () => {
    const { world, report } = await inspectWorld();
    const connections = world.traffic.filter(
      ({ to, kind }) => to.address === NS1 && kind === 'connect',
    );
    expect(connections.length).toBeLessThanOrEqual(2);
    expect(report.queries).toBeLessThanOrEqual(200);
  });

  test('and a dead one keeps nobody waiting for long', async () => {
    // A datagram gets eight seconds with its repetitions, and a plain one after those with EDNS as long.
    const { ms, events } = await inspectWorld({ [NS1]: { silent: true } });
    expect(ms).toBeLessThanOrEqual(17_000);
    expect(events.at(-1)?.kind).toBe('finished');
  });

  test('without holding up the verdict', async () => {
    const { events } = await inspectWorld();
    const kinds = events.map(({ kind }) => kind);
    expect(kinds.indexOf('ancestors')).toBeLessThan(kinds.indexOf('survey'));
    expect(kinds.indexOf('probe')).toBeLessThan(kinds.indexOf('survey'));
  });
});

interface Case {
  readonly claim: string;
  readonly servers: Readonly<Record<string, ServerScript>>;
  readonly faults: readonly string[];
  /** `authenticated` unless told otherwise: the fault stands alone. */
  readonly outcome?: string;
  readonly zone?: Partial<ZoneScript>;
}

function refusesAllBut(type: number): ServerScript {
  const refuse = failing(RCODE.REFUSED);
  return { tamper: (question, answer) => (question.type === type ? answer : refuse(answer)) };
}

function fault(
  claim: string,
  servers: Case['servers'],
  faults: Case['faults'],
  outcome = 'authenticated',
  zone: Partial<ZoneScript> = {},
): Case {
  return { claim, servers, faults, outcome, zone };
}

const ANCESTORS: readonly Case[] = [
  fault(
    'NXDOMAIN without proof at every server, for an empty non-terminal (RFC 8020 §2)',
    both(answering(ENT, null, denied)),
    unproven,
    'deferred',
  ),
  fault(
    'NXDOMAIN with no signature at all at every server (RFC 4035 §5.4)',
    both(
      answering(ENT, null, (answer) => denied(without(TYPE.NSEC, TYPE.NSEC3, TYPE.RRSIG)(answer))),
    ),
    unproven,
    'deferred',
  ),
  fault('the same at one server', { [NS1]: answering(ENT, null, denied) }, unproven),
  fault(
    'NXDOMAIN only when asked for NS, at every server',
    both(answering(ENT, TYPE.NS, denied)),
    unproven,
    'deferred',
  ),
  fault(
    'NXDOMAIN only over UDP, at one server',
    {
      [NS1]: datagrams((answer) =>
        answer.questions[0]?.name.key === ENT ? { ...answer, rcode: RCODE.NXDOMAIN } : answer,
      ),
    },
    unproven,
  ),
  fault('NODATA without a proof (RFC 4035 §5.4)', { [NS1]: answering(ENT, null, bare) }, [
    `error ancestor-bogus ${ENT}`,
    `error denial-invalid ${ENT}`,
  ]),
  fault(
    'an empty non-terminal that was left out of the NSEC3 chain: a valid denial',
    {},
    [`error ancestor-denied ${ENT}`, `error ancestor-nxdomain ${ENT}`],
    'opportunistic',
    { denial: { ...NSEC3, omitEmptyNonTerminals: true } },
  ),
  fault(
    'the same, answered NOERROR: the only NSEC3 covers the name',
    both(answering(ENT, null, withRcode(RCODE.NOERROR))),
    [`error ancestor-bogus ${ENT}`, `error ancestor-denied ${ENT}`, `error denial-invalid ${ENT}`],
    'authenticated',
    { denial: { ...NSEC3, omitEmptyNonTerminals: true } },
  ),
  fault('SERVFAIL for an ancestor', { [NS1]: answering(ENT, null, failing(RCODE.SERVFAIL)) }, [
    `error ancestor-lookup-failed ${ENT}`,
  ]),
  fault('silence for an ancestor', { [NS1]: answering(ENT, null, silence) }, [
    `error ancestor-lookup-failed ${ENT}`,
  ]),
  fault(
    'REFUSED for NS below the apex alone',
    { [NS1]: answering(ENT, TYPE.NS, failing(RCODE.REFUSED)) },
    [`error ancestor-lookup-failed ${ENT}`],
  ),
];

const TLSA_ALONE: readonly Case[] = [
  ...(['SERVFAIL', 'REFUSED', 'NOTIMP', 'FORMERR'] as const).flatMap((rcode) => [
    fault(
      `${rcode} for TLSA alone, at one server`,
      { [NS1]: forType(TYPE.TLSA, failing(RCODE[rcode])) },
      [`warning tlsa-lookup-failed ${HOST}`],
    ),
    fault(
      `${rcode} for TLSA alone, at every server`,
      both(forType(TYPE.TLSA, failing(RCODE[rcode]))),
      [`error tlsa-lookup-failed ${HOST}`],
      'deferred',
    ),
  ]),
  fault('silence for TLSA alone, at one server', { [NS1]: forType(TYPE.TLSA, silence) }, [
    `warning tlsa-lookup-failed ${HOST}`,
  ]),
  fault(
    'silence for TLSA alone, at every server',
    both(forType(TYPE.TLSA, silence)),
    [`error tlsa-lookup-failed ${HOST}`],
    'deferred',
  ),
];

const SERVERS: readonly Case[] = [
  fault(
    'REFUSED for everything',
    { [NS1]: { tamper: (_, answer) => failing(RCODE.REFUSED)(answer) } },
    [`warning server-lame ${NS1}`],
  ),
  fault(
    'SERVFAIL for everything (an expired or broken zone)',
    { [NS1]: { tamper: (_, answer) => failing(RCODE.SERVFAIL)(answer) } },
    [`warning server-lame ${NS1}`],
  ),
  fault(
    'answers without authority (RFC 1912 §2.8)',
    { [NS1]: { tamper: (_, answer) => ({ ...answer, authoritative: false }) } },
    [`warning server-lame ${NS1}`],
  ),
  fault(
    'a referral upwards',
    { [NS1]: { tamper: (_, answer) => ({ ...failing(0)(answer), rcode: RCODE.NOERROR }) } },
    [`warning server-lame ${NS1}`],
  ),
  ...([TYPE.MX, TYPE.DNSKEY, TYPE.AAAA, TYPE.SOA] as const).flatMap((type) => [
    fault(
      `SERVFAIL for ${typeToText(type)} alone`,
      { [NS1]: forType(type, failing(RCODE.SERVFAIL)) },
      [`warning server-unresponsive ${NS1}`],
    ),
    fault(`silence for ${typeToText(type)} alone`, { [NS1]: forType(type, silence) }, [
      `warning server-unresponsive ${NS1}`,
    ]),
  ]),
  fault('REFUSED for all but the SOA', { [NS1]: refusesAllBut(TYPE.SOA) }, [
    `warning server-unresponsive ${NS1}`,
  ]),
  fault('silence', { [NS1]: { silent: true } }, [`warning server-unresponsive ${NS1}`]),
  fault('no TCP (RFC 7766 §5)', { [NS1]: { noTcp: true } }, [`warning server-no-tcp ${NS1}`]),
  fault('EDNS questions dropped on the way', { [NS1]: datagramsWithoutOpt() }, [
    `warning server-no-edns ${NS1}`,
  ]),
  fault('OPT ignored (RFC 6891 §7)', { [NS1]: withoutEdns() }, [`warning server-no-edns ${NS1}`]),
  fault(
    'FORMERR to EDNS (RFC 6891 §7)',
    {
      [NS1]: {
        datagrams: (honest) => (payload, reply) =>
          honest(payload, (octets) => reply(noEdns(payload, octets))),
      },
    },
    [`warning server-no-edns ${NS1}`],
  ),
  fault(
    'datagrams larger than asked for (RFC 9715 §3)',
    {
      [NS1]: datagrams((answer) =>
        answer.questions[0]?.type === TYPE.DNSKEY ? padded(answer) : answer,
      ),
    },
    [`warning server-udp-oversize ${NS1}`],
  ),
  fault(
    'octets that are no DNS message, for the SOA',
    {
      [NS1]: datagrams((answer, octets) =>
        answer.questions[0]?.type === TYPE.SOA ? octets.slice(0, -3) : answer,
      ),
    },
    [`warning server-malformed ${NS1}`],
  ),
  fault(
    'no signatures at all, though the zone is signed (RFC 4035 §2.2)',
    { [NS1]: { tamper: (_, answer) => without(TYPE.NSEC, TYPE.NSEC3, TYPE.RRSIG)(answer) } },
    [`error rrsig-missing ${NS1}`],
  ),
  fault(
    'no signature over the TLSA records',
    { [NS1]: answering(OWNER, TYPE.TLSA, without(TYPE.RRSIG)) },
    [`error rrsig-missing ${OWNER}`, `warning tlsa-bogus ${HOST}`],
  ),
];

describe.each([
  ['above a TLSA name', ANCESTORS],
  ['for TLSA', TLSA_ALONE],
  ['of a server', SERVERS],
] as const)('a fault %s raises exactly its codes:', (_what, cases) => {
  test.each(cases)('$claim', async ({ servers, faults: expected, outcome, zone }) => {
    const { faults, outcome: found, report } = await inspectWorld(servers, worldWith(zone));
    expect(faults).toEqual([...expected].sort());
    expect(found).toBe(outcome);
    expect(report.queries).toBeLessThanOrEqual(200);
  });
});

function noEdns(payload: Uint8Array, octets: Uint8Array): Uint8Array {
  const hasOpt = (payload[11] ?? 0) > 0;
  if (!hasOpt) return octets;
  const bare = octets.slice(0, 12);
  bare.set([0x80, 0x01, 0, 0, 0, 0, 0, 0, 0, 0], 2);
  return bare;
}

/** Firewalls of old: what carries OPT does not pass, over UDP. */
function datagramsWithoutOpt(): ServerScript {
  return {
    datagrams: (honest) => (payload, reply) => {
      if ((payload[11] ?? 0) === 0) honest(payload, reply);
    },
  };
}

function withoutEdns(): ServerScript {
  return {
    ...datagrams((answer) => ({ ...answer, edns: null })),
    tamper: (_, answer) => without(TYPE.NSEC, TYPE.NSEC3, TYPE.RRSIG)(answer),
  };
}

function padded(answer: Message): Message {
  const { edns } = answer;
  const padding = { code: 12, data: new Uint8Array(1200) };
  return edns === null ? answer : { ...answer, edns: { ...edns, options: [padding] } };
}
