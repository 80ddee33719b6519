// Single name servers: what is held against them, what is not, and whose fault it may be instead.
import { describe, expect, test } from 'vitest';
import type { Report, ServerQuestion, ZoneSurvey } from '../../../../shared/inspection/report.ts';
import { codes, host, judged, told } from './evidence.ts';

function question(more: Partial<ServerQuestion> = {}): ServerQuestion {
  return {
    name: 'example.org',
    type: 'SOA',
    transport: 'udp',
    rcode: 'NOERROR',
    answer: 'answer',
    security: 'secure',
    reason: '',
    size: 120,
    authoritative: true,
    truncated: false,
    edns: true,
    signed: true,
    records: ['ns. a. 1 900 300 86400 300'],
    raw: 'aa',
    ...more,
  };
}

const SILENT = {
  rcode: 'TIMEOUT',
  answer: 'none',
  size: null,
  signed: false,
  edns: false,
} as const;
const NO_ROUTE = { ...SILENT, rcode: 'NO_ROUTE' } as const;

function survey(
  servers: Readonly<Record<string, readonly ServerQuestion[]>>,
  more: Partial<ZoneSurvey> = {},
): ZoneSurvey {
  return {
    zone: 'example.org',
    security: 'secure',
    servers: Object.entries(servers).map(([address, questions]) => ({
      server: 'ns.example.org',
      address,
      questions,
    })),
    ...more,
  };
}

function faults(surveys: readonly ZoneSurvey[], more: Partial<Report> = {}): readonly string[] {
  return told(judged([host()], { surveys, ...more })).filter((line) => /server|rrsig/.test(line));
}

const OVER_TCP = question({ transport: 'tcp' });
const SOUND = [question(), OVER_TCP];

describe('a question that one server of two leaves open', () => {
  const keys = (more: Partial<ServerQuestion> = {}) => question({ type: 'DNSKEY', ...more });
  const refused = { rcode: 'SERVFAIL', answer: 'none', signed: false } as const;
  const other = [...SOUND, keys(), keys({ transport: 'tcp' })];
  const asked = (questions: readonly ServerQuestion[], beside = other) =>
    faults([survey({ '192.0.2.1': questions, '192.0.2.2': beside })]);

  test('is told of that server', () => {
    const both = [keys(refused), keys({ ...refused, transport: 'tcp' })];
    expect(asked([...SOUND, ...both])).toEqual(['warning server-unresponsive 192.0.2.1']);
  });

  test('is not where it is answered over the other transport, or by no server at all', () => {
    const overTcp = [keys(SILENT), keys({ transport: 'tcp' })];
    expect(asked([...SOUND, ...overTcp])).toEqual([]);
    const nobody = [...SOUND, keys(refused)];
    expect(asked(nobody, nobody)).toEqual([]);
  });

  test('is not where it is TCP that is missing', () => {
    const cutOff = [keys({ truncated: true, answer: 'none', rcode: 'TRUNCATED' })];
    const failing = { ...refused, transport: 'tcp' } as const;
    expect(asked([question(), question(failing), ...cutOff, keys(failing)])).toEqual([
      'warning server-no-tcp 192.0.2.1',
    ]);
  });

  test('says nothing of TCP where it is the SOA', () => {
    const soa = [question(SILENT), question({ ...SILENT, transport: 'tcp' })];
    expect(asked([...soa, keys()])).toEqual(['warning server-unresponsive 192.0.2.1']);
  });
});

describe('a server', () => {
  test.each([
    ['that answers over both transports raises nothing', SOUND, []],
    [
      'that answers nothing',
      [question(SILENT), question({ ...SILENT, transport: 'tcp' })],
      ['warning server-unresponsive'],
    ],
    [
      'that answers over TCP alone',
      [question(SILENT), question({ transport: 'tcp' })],
      ['warning server-unresponsive'],
    ],
    [
      'that answers over UDP alone',
      [question(), question({ ...SILENT, transport: 'tcp' })],
      ['warning server-no-tcp'],
    ],
    [
      'that fails over TCP, whatever is asked',
      [question(), question({ transport: 'tcp', rcode: 'SERVFAIL', answer: 'none' })],
      ['warning server-no-tcp'],
    ],
    [
      'that drops EDNS over UDP and TCP',
      [
        question(SILENT),
        question({ edns: false, signed: false }),
        question({ ...SILENT, transport: 'tcp' }),
      ],
      ['warning server-no-edns'],
    ],
    [
      'that cuts off its datagrams',
      [question({ truncated: true, answer: 'none' }), question({ transport: 'tcp' })],
      [],
    ],
    [
      'that sends 1233 octets',
      [question({ size: 1233 }), OVER_TCP],
      ['warning server-udp-oversize'],
    ],
    ['that sends 1232 octets', [question({ size: 1232 }), OVER_TCP], []],
    [
      'that sends 4096 octets over TCP',
      [question(), question({ transport: 'tcp', size: 4096 })],
      [],
    ],
    [
      'that refuses the SOA',
      [question({ rcode: 'REFUSED', answer: 'none', signed: false })],
      ['warning server-lame'],
    ],
    [
      'that refuses one type of many',
      [...SOUND, question({ type: 'TLSA', rcode: 'REFUSED', answer: 'none' })],
      [],
    ],
  ] as const)('%s', (_claim, questions, expected) => {
    expect(faults([survey({ '192.0.2.53': questions })])).toEqual(
      expected.map((fault) => `${fault} 192.0.2.53`),
    );
  });

  test('of an unsigned zone need not sign', () => {
    const unsigned = SOUND.map((each) => ({
      ...each,
      signed: false,
      security: 'insecure' as const,
    }));
    expect(faults([survey({ '192.0.2.53': unsigned }, { security: 'insecure' })])).toEqual([]);
    expect(faults([survey({ '192.0.2.53': unsigned })])).toEqual([
      'error rrsig-missing 192.0.2.53',
    ]);
  });
});

describe('nobody is accused', () => {
  const dead = [question(SILENT), question({ ...SILENT, transport: 'tcp' })];

  test('where the user goes by way of a resolver and nothing comes back from any name server', () => {
    const tool = { version: '', resolver: '192.0.2.99#53', smtpPort: 25, smtp: true };
    const surveys = [survey({ '192.0.2.53': dead, '192.0.2.54': dead })];
    expect(faults(surveys, { tool })).toEqual(['notice server-unresponsive example.org']);
    expect(faults([survey({ '192.0.2.53': dead, '192.0.2.54': SOUND })], { tool })).toEqual([
      'warning server-unresponsive 192.0.2.53',
    ]);
  });

  test('where this machine has no IPv6', () => {
    const noRoute = [question(NO_ROUTE), question({ ...NO_ROUTE, transport: 'tcp' })];
    const surveys = [survey({ '192.0.2.53': SOUND, '2001:db8::53': noRoute })];
    const report = judged([host()], { surveys });
    expect(told(report)).toContain('notice server-unresponsive example.org');
    expect(report.findings.find(({ code }) => code === 'server-unresponsive')?.mends).toBe(
      'this network',
    );
    const some = [survey({ '2001:db8::54': SOUND, '2001:db8::53': noRoute })];
    expect(faults(some)).toEqual(['warning server-unresponsive 2001:db8::53']);
  });

  test('for what a look-up saw once and the survey did not confirm', () => {
    const observations = (['server-unresponsive', 'server-lame', 'server-no-tcp'] as const).map(
      (code) => ({ code, subject: '192.0.2.53', parameters: { server: 'ns.example.org' } }),
    );
    expect(faults([survey({ '192.0.2.53': SOUND })], { observations })).toEqual([]);
    expect(codes(judged([host()], { observations }))).toContain('server-lame');
  });

  test('of another zone’s fault at the same address is still told', () => {
    const lame = {
      code: 'server-lame',
      subject: '192.0.2.53',
      parameters: { server: 'ns.example.org', zone: 'other.org' },
    } as const;
    expect(faults([survey({ '192.0.2.53': SOUND })], { observations: [lame] })).toEqual([
      'warning server-lame 192.0.2.53',
    ]);
  });
});
