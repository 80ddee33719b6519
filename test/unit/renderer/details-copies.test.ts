/** What the panes of the details copy, and what they are made of: answers, signatures, stages, certificates, fields. */
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  certificateCommands,
  certificateText,
} from '../../../renderer/details/certificate-copies.ts';
import { certificateFacts } from '../../../renderer/details/certificate-facts.ts';
import { conversationsOf } from '../../../renderer/details/conversations.ts';
import { ancestorsOf, fieldRows } from '../../../renderer/details/field-rows.ts';
import { fieldsText } from '../../../renderer/details/message-text.ts';
import { markOf } from '../../../renderer/details/octet-marks.ts';
import { answersTo, mainQuestion, rawQuestions } from '../../../renderer/details/raw-messages.ts';
import { answerGroups } from '../../../renderer/details/record-answers.ts';
import { recordCommands, zoneFileText } from '../../../renderer/details/record-copies.ts';
import { conversationCommands, conversationText } from '../../../renderer/details/smtp-copies.ts';
import { stagesOf } from '../../../renderer/details/smtp-stages.ts';
import { ladderCommands, ladderText } from '../../../renderer/details/trust-copies.ts';
import { nextToExpire, signaturesOf } from '../../../renderer/details/trust-signatures.ts';
import { fromHex } from '../../../shared/dns/bytes.ts';
import { viewMessage } from '../../../shared/dns/message-view.ts';
import { emptyReport } from '../../../shared/inspection/empty-report.ts';
import type { InspectionEvent } from '../../../shared/inspection/event.ts';
import { fold } from '../../../shared/inspection/fold.ts';
import type {
  CertificateReport,
  HostReport,
  LookUpReport,
  Report,
  ServerQuestion,
} from '../../../shared/inspection/report.ts';
import { writePem } from '../../../shared/x509/pem.ts';
import * as make from '../shared/x509/certificate-maker.ts';
import { question, surveyed } from './streams-of-servers.ts';
import { degraded, troubled } from './streams.ts';

/** The answer of BIND to _2525._tcp.mx.right-311.test TLSA, with its signature. */
const CAPTURED =
  /^hex (.*)$/m.exec(
    readFileSync(new URL('../shared/dns/dissected-messages.txt', import.meta.url), 'utf8'),
  )?.[1] ?? '';
const OWNER = '_2525._tcp.mx.right-311.test';

function reportOf(events: readonly InspectionEvent[]): Report {
  return events.reduce(fold, emptyReport('example.org'));
}

function firstHost(report: Report): HostReport {
  const [host] = report.hosts;
  if (host === undefined) throw new Error('no host');
  return host;
}

const LOOK_UP: LookUpReport = {
  name: OWNER,
  type: 'TLSA',
  rcode: 'NOERROR',
  security: 'secure',
  answers: [{ name: OWNER, type: 'TLSA', ttl: 3600, data: '3 1 1 ab' }],
  reason: null,
  ede: null,
  chain: [],
};

/** Each server with what it answered to that question. */
function asked(...answers: readonly Partial<ServerQuestion>[]): Report {
  const servers = answers.map((more, index) => ({
    server: `ns${index + 1}.example`,
    address: `192.0.2.${index + 1}`,
    questions: [question({ name: OWNER, type: 'TLSA', raw: CAPTURED, ...more })],
  }));
  return {
    ...emptyReport('right-311.test'),
    at: '2026-11-29T18:00:00.000Z',
    surveys: [{ zone: 'right-311.test', security: 'secure', servers }],
  };
}

describe('records as each server answered them', () => {
  it('are one answer where all say the same, with the TTL of the message and the signature', () => {
    const [group, ...others] = answerGroups(asked({}, {}, {}), LOOK_UP);
    expect(others).toEqual([]);
    expect(group?.messages).toHaveLength(3);
    expect(group?.records.map(({ type, ttl }) => [type, ttl])).toEqual([
      ['TLSA', 3600],
      ['RRSIG', 3600],
    ]);
  });

  it('are apart where a server says something else, the answer of most first', () => {
    const groups = answerGroups(asked({ raw: '', rcode: 'TIMEOUT', records: [] }, {}, {}), LOOK_UP);
    expect(groups.map(({ rcode, messages }) => [rcode, messages.length])).toEqual([
      ['NOERROR', 2],
      ['TIMEOUT', 1],
    ]);
  });

  it('are what was understood where the message cannot be read, without a TTL', () => {
    const [group] = answerGroups(asked({ raw: 'ff', records: ['3 1 1 ab'] }), LOOK_UP);
    expect(group?.records).toEqual([
      { owner: `${OWNER}.`, ttl: null, type: 'TLSA', data: '3 1 1 ab' },
    ]);
  });

  it('come whole over TCP rather than cut off over UDP', () => {
    const report = asked({});
    const [survey] = report.surveys;
    const [server] = survey?.servers ?? [];
    if (survey === undefined || server === undefined) throw new Error('no survey');
    const questions = [
      question({ name: OWNER, type: 'TLSA', truncated: true }),
      question({ name: OWNER, type: 'TLSA', transport: 'tcp', raw: CAPTURED }),
    ];
    const both = { ...report, surveys: [{ ...survey, servers: [{ ...server, questions }] }] };
    expect(answersTo(both, OWNER, 'TLSA').map(({ transport }) => transport)).toEqual(['tcp']);
    expect(recordCommands(both, LOOK_UP, answerGroups(both, LOOK_UP))).toBe(
      `dig +norecurse +dnssec +tcp @192.0.2.1 ${OWNER} TLSA\n`,
    );
  });

  it('copy as lines of a zone file that named-checkzone would load, and as one command a server', () => {
    const groups = answerGroups(asked({}, {}), LOOK_UP);
    const lines = zoneFileText(LOOK_UP, groups).trimEnd().split('\n');
    expect(lines.slice(0, 3).every((line) => line.startsWith(';'))).toBe(true);
    expect(lines[3]).toMatch(/^_2525\._tcp\.mx\.right-311\.test\. 3600 IN TLSA 3 1 1 975e3a19/);
    expect(lines[4]).toMatch(/ IN RRSIG TLSA 13 5 3600 20261228175617 /);
    expect(recordCommands(asked({}), LOOK_UP, groups).trimEnd().split('\n')).toHaveLength(2);
    expect(recordCommands(asked({}), LOOK_UP, [])).toBe(`delv ${OWNER} TLSA\n`);
  });

  it('cannot get out of their line', () => {
    const answers = [{ name: OWNER, type: 'TXT', ttl: 1, data: 'x\n@ A 192.0.2.66\u202e' }];
    const text = zoneFileText({ ...LOOK_UP, name: 'a\nb', answers }, []);
    expect(text.trimEnd().split('\n')).toHaveLength(2);
    expect(text).not.toContain('\u202e');
  });
});

describe('raw messages', () => {
  const report = reportOf(surveyed());
  const host = firstHost(report);

  it('of a host are about its names and zones, and begin with its records', () => {
    const questions = rawQuestions(report, host);
    expect(new Set(questions.map(({ key }) => key)).size).toBe(questions.length);
    expect(questions.map(({ key }) => key)).toEqual(
      expect.arrayContaining([
        `${host.tlsa.name} TLSA`,
        '_tcp.mx1.example.org A',
        'example.org DNSKEY',
      ]),
    );
    expect(mainQuestion(questions, host, { kind: 'host', host: host.name })?.type).toBe('TLSA');
  });

  it('of the domain are not those of its hosts, and begin with MX', () => {
    const questions = rawQuestions(report, null);
    expect(questions.map(({ type }) => type)).toEqual(['SOA', 'DNSKEY', 'MX']);
    expect(mainQuestion(questions, null, { kind: 'domain' })?.type).toBe('MX');
  });

  it('have no question twice for a server and transport', () => {
    for (const { messages } of rawQuestions(report, host)) {
      const keys = messages.map(({ address, transport }) => `${address} ${transport}`);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
});

describe('fields of a message', () => {
  const fields = viewMessage(fromHex(CAPTURED) ?? new Uint8Array(0));
  const idOf = (label: string): number => fields.find((field) => field.label === label)?.id ?? -1;

  it('are folded below the sections, and unfold around the selected one', () => {
    const labels = (selected: number, turned: readonly number[] = []) =>
      fieldRows(fields, new Set(turned), selected).map(({ field }) => field.label);
    expect(labels(0)).toEqual(expect.arrayContaining(['header', 'ID', 'answer', 'record']));
    expect(labels(0)).not.toContain('selector');
    expect(labels(idOf('selector'))).toContain('selector');
    expect(labels(0, [0])).not.toContain('ID');
    expect(ancestorsOf(fields, idOf('selector')).size).toBe(3);
  });

  it('mark their octets, and those that compression takes in', () => {
    const name = fields.find(({ label }) => label === 'NAME') ?? null;
    expect(markOf(name, name?.from ?? -1)).toBe('marked');
    expect(markOf(name, 12)).toBe('elsewhere');
    expect(markOf(name, 0)).toBe('plain');
    expect(markOf(null, 0)).toBe('plain');
  });

  it('copy as lines with octets, name and value, and what numbers stand for', () => {
    const text = fieldsText(fields);
    expect(text).toContain('0000–0001    ID: 0x1f2b\n');
    expect(text).toMatch(/certificate usage: 3 \(DANE-EE\)\n/);
    expect(text).toMatch(/selector: 1 \(SPKI\)\n.*matching type: 1 \(SHA2-256\)\n/);
    expect(text).toMatch(/algorithm: 13 \(ECDSAP256SHA256\)\n/);
    const cut = viewMessage((fromHex(CAPTURED) ?? new Uint8Array(0)).subarray(0, 60));
    expect(fieldsText(cut)).toContain('unread: the message ends within a record');
  });
});

describe('signatures', () => {
  const zone = {
    zone: 'right-311.test',
    security: 'secure' as const,
    reason: null,
    ds: [{ keyTag: 35816, algorithm: 13, digestType: 2, digest: 'ab'.repeat(32) }],
    dnskeys: [{ keyTag: 35816, algorithm: 13, flags: 257, secureEntryPoint: true }],
    signedBy: 35816,
    signature: { inception: '2026-11-20T00:00:00.000Z', expiration: '2026-12-05T00:00:00.000Z' },
    servers: [{ name: 'ns1.right-311.test', address: '192.0.2.1' }],
  };
  const lookUp = { ...LOOK_UP, chain: [{ ...zone, zone: '.' }, zone] };
  const report = asked({}, {});

  it('are those over the keys, and those in the answers, each once', () => {
    const signatures = signaturesOf(report, lookUp);
    expect(signatures.map(({ owner, type }) => `${owner} ${type}`)).toEqual([
      '. DNSKEY',
      'right-311.test DNSKEY',
      `${OWNER} TLSA`,
      'right-311.test NS',
    ]);
    // As tshark reads the same octets.
    expect(signatures[2]).toMatchObject({
      keyTag: 35816,
      algorithm: 13,
      signer: 'right-311.test',
      from: '2026-11-28T17:56:17.000Z',
      until: '2026-12-28T17:56:17.000Z',
    });
  });

  it('name the one that ends first of those that hold', () => {
    const signatures = signaturesOf(report, lookUp);
    expect(nextToExpire(signatures, report.at)?.until).toBe('2026-12-05T00:00:00.000Z');
    expect(nextToExpire(signatures, '2026-12-06T00:00:00.000Z')?.owner).toBe(OWNER);
    expect(nextToExpire(signatures, '2027-06-01T00:00:00.000Z')).toBeNull();
  });

  it('copy with the ladder as text, and as commands from the root down', () => {
    const signatures = signaturesOf(report, lookUp);
    const text = ladderText(lookUp, signatures, nextToExpire(signatures, report.at));
    expect(text).toContain('DS 35816 ECDSAP256SHA256 SHA-256 abab');
    expect(text).toContain('DNSKEY 35816 ECDSAP256SHA256 257, secure entry point, signs the keys');
    expect(text).toMatch(/Next to expire: \. DNSKEY, 2026-12-05/);
    expect(ladderCommands(report, lookUp).map(({ command }) => command)).toEqual([
      `delv +rtrace +vtrace ${OWNER} TLSA`,
      `dig +trace +dnssec ${OWNER} TLSA`,
      'dig +norecurse +dnssec @192.0.2.1 . DNSKEY',
      'dig +norecurse +dnssec @192.0.2.1 right-311.test DS',
      'dig +norecurse +dnssec @192.0.2.1 right-311.test DNSKEY',
    ]);
  });

  it('copy as commands that ask at the port, and by way of the resolver, of the run', () => {
    const by = (tool: Partial<Report['tool']>) =>
      ladderCommands({ ...report, tool: { ...report.tool, ...tool } }, lookUp)
        .map(({ command }) => command)
        .slice(0, 3);
    expect(by({ dnsPort: 5300 })).toEqual([
      `delv +rtrace +vtrace ${OWNER} TLSA`,
      `dig +trace +dnssec -p 5300 @192.0.2.1 ${OWNER} TLSA`,
      'dig +norecurse +dnssec -p 5300 @192.0.2.1 . DNSKEY',
    ]);
    // dig +trace would ask every server at the port of the resolver.
    expect(by({ resolver: '2001:db8::1#5353' })).toEqual([
      `delv +rtrace +vtrace -p 5353 @2001:db8::1 ${OWNER} TLSA`,
      `dig +trace +dnssec ${OWNER} TLSA`,
      'dig +norecurse +dnssec @192.0.2.1 . DNSKEY',
    ]);
  });
});

describe('conversations', () => {
  const report = reportOf(troubled());
  const host = firstHost(report);
  const [conversation] = conversationsOf(host);
  if (conversation === undefined) throw new Error('no conversation');

  it('are told stage by stage, every line once', () => {
    const stages = stagesOf(conversation.probe);
    const lines = stages.flatMap((stage) => stage.lines);
    expect(lines).toEqual(conversation.probe.transcript);
    expect(stages.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
    const greeting = stages.find(({ stage }) => stage === 'greeting');
    expect(greeting?.lines.map(({ text }) => text.slice(0, 3))).toEqual(['220']);
  });

  it('survive stages without length and lines behind the last', () => {
    const probe = {
      ...conversation.probe,
      stages: [
        { stage: 'connect' as const, durationMs: 0 },
        { stage: 'greeting' as const, durationMs: Number.NaN },
      ],
    };
    expect(stagesOf(probe).flatMap((stage) => stage.lines)).toHaveLength(probe.transcript.length);
  });

  it('copy with times, and without what could steer a terminal', () => {
    const text = conversationText(report, host, conversation);
    expect(text).toContain('    45 ms > EHLO inspector.invalid\n');
    expect(text).not.toContain('\u202e');
    expect(text).not.toContain('\u0007');
  });

  it('copy as the commands that hold them again, judged by the records', () => {
    const commands = conversationCommands(report, host, conversation);
    expect(commands.map(({ command }) => command.split(' ')[0])).toEqual([
      'openssl',
      'openssl',
      'posttls-finger',
      '(sleep',
    ]);
    expect(commands[1]?.command).toContain(`-dane_tlsa_rrdata '3 1 1 11aa22bb`);
    expect(commands[0]?.command).toContain('-connect 192.0.2.30:25 ');
  });

  it.each([
    ['usual', 'RSA 2048', 's_client -starttls'],
    ['rsa', 'RSA 2048', '-sigalgs rsa_pss_rsae_sha256:'],
    ['ecdsa', null, '-sigalgs ECDSA+SHA256:'],
    // EdDSA goes along with what is asked for.
    ['ecdsa', 'Ed25519', '-sigalgs ed25519:'],
  ] as const)('ask for the key again that came of %s, %s', (offer, keyType, options) => {
    const probe = { ...conversation.probe, offer, keyType };
    const [shown] = conversationCommands(report, host, { ...conversation, probe });
    expect(shown?.command).toContain(options);
  });
});

describe('certificates', () => {
  const pem = writePem(
    make.makeCertificate({
      subject: 'mx.example.org',
      extensions: [
        make.dnsNames('mx.example.org'),
        make.keyUsage(make.KEY_USAGE.digitalSignature),
        make.extendedKeyUsage('1.3.6.1.5.5.7.3.1'),
      ],
    }),
  );
  const judge = new X509Certificate(pem);
  const spki = judge.publicKey.export({ type: 'spki', format: 'der' });
  const digest = (name: string, octets: Uint8Array) =>
    createHash(name).update(octets).digest('hex');

  it('have the digests that OpenSSL works out, and the extensions that were asked for', () => {
    const facts = certificateFacts(pem);
    expect(facts).toMatchObject({
      spkiSha256: digest('sha256', spki),
      spkiSha512: digest('sha512', spki),
      certSha256: digest('sha256', judge.raw),
      certSha512: digest('sha512', judge.raw),
      signatureAlgorithm: 'ecdsa-with-SHA256',
    });
    expect(facts?.extensions).toEqual(
      expect.arrayContaining([
        ['extKeyUsage', 'serverAuth'],
        ['keyUsage', 'digitalSignature'],
      ]),
    );
    expect(certificateFacts('no certificate')).toBeNull();
  });

  it('copy as text and as commands for each kind of record that they equal', () => {
    const report = reportOf(degraded());
    const host = firstHost(report);
    const [probe] = host.addresses[0]?.probes ?? [];
    const [first] = probe?.chain ?? [];
    if (first === undefined) throw new Error('no certificate');
    const certificate: CertificateReport = { ...first, pem };
    expect(certificateText(certificate, certificateFacts(pem))).toMatch(/^subject: /);
    const server = { host: host.name, address: '192.0.2.10', port: 25, sni: host.name };
    const commands = certificateCommands(certificate, 0, server, host.tlsa.records.slice(0, 1));
    expect(commands.map(({ command }) => command.split('\n')[0]?.split(' <<')[0])).toEqual([
      'openssl x509 -noout -text -fingerprint -sha256',
      'openssl x509 -noout -pubkey',
      expect.stringContaining('-showcerts </dev/null 2>/dev/null | awk'),
    ]);
    expect(certificateCommands({ ...certificate, pem: '' }, 0, null, [])).toEqual([]);
  });
});
