/** Tickets: whom each is for, what it tells and shows, and that no name in it does anything in a shell or a mail. */
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import {
  ticketForZone,
  ticketsOf,
  ticketWith,
  type Ticket,
} from '../../../../shared/elsewhere/ticket.ts';
import { emptyReport } from '../../../../shared/inspection/empty-report.ts';
import type { InspectionEvent } from '../../../../shared/inspection/event.ts';
import { fold } from '../../../../shared/inspection/fold.ts';
import type { AncestorReport, Report } from '../../../../shared/inspection/report.ts';
import { degraded, troubled } from '../../renderer/streams.ts';
import { ancestors, surveyed } from '../../renderer/streams-of-servers.ts';
import { HOSTILE_TEXTS } from '../export/hostile-texts.ts';

const DENIED = '_tcp.mx1.example.org';
const OWNER = '_25._tcp.mx1.example.org';

function reportOf(events: readonly InspectionEvent[]): Report {
  return events.reduce(fold, emptyReport('example.org'));
}

/** Every server says what `change` makes of the answer that one of them gives. */
function withAncestors(change: (cell: AncestorReport) => AncestorReport): Report {
  const events = surveyed().map((event): InspectionEvent =>
    event.kind === 'ancestors' && event.host === 'mx1.example.org'
      ? { ...event, ancestors: ancestors().map(change) }
      : event,
  );
  return reportOf(events);
}

function forServers(report: Report): Ticket {
  const ticket = ticketForZone(ticketsOf(report), 'example.org');
  if (ticket === null) throw new Error('no ticket for the zone');
  return ticket;
}

describe('the ticket for those who run the name servers', () => {
  const report = reportOf(surveyed());
  const ticket = forServers(report);

  it('names the fault, the server, the time and the zone', () => {
    expect(ticket.text).toMatch(
      /^Subject: example\.org, name servers: “No such name” for _tcp\.mx1/,
    );
    expect(ticket.text).toContain('To whoever runs the name servers of the zone example.org');
    expect(pointOf(ticket, 1)).toContain(
      'Seen on 2026-11-24 at 15:03 UTC, at:\n  ns2.example.org (198.51.100.53)\n',
    );
    expect(pointOf(ticket, 1)).not.toContain('192.0.2.53');
  });

  it('has the commands that show it, with what they show and should show', () => {
    const lines = ticket.text.split('\n');
    const at = lines.indexOf(`  dig +norecurse +dnssec @198.51.100.53 ${DENIED} A`);
    expect(lines.slice(at + 1, at + 5)).toEqual([
      '      now: status: NXDOMAIN',
      '      right: status: NOERROR, ANSWER: 0, and the signed proof: an NSEC3',
      `      record of the hash of ${DENIED}, or an NSEC record`,
      `      whose next name is below ${DENIED}`,
    ]);
    expect(lines).toContain(`  dig +norecurse +dnssec @198.51.100.53 ${OWNER} TLSA`);
  });

  it('cites the clauses, and tells what to change in the zone and until then', () => {
    expect(ticket.text).toContain('RFC 8020 §2');
    expect(ticket.text).toContain('RFC 4592 §2.2.2');
    expect(ticket.text).toContain('pdnsutil rectify-zone example.org');
    expect(ticket.text).toContain(`  ${DENIED}. 3600 IN TXT "placeholder"`);
  });

  it('tells of all faults of the zone that are theirs, and of each once', () => {
    const codes = ticket.findings.map(({ code }) => code);
    expect(codes).toEqual(
      expect.arrayContaining([
        'ancestor-nxdomain',
        'ancestor-denied',
        'soa-servers-disagree',
        'server-no-tcp',
      ]),
    );
    expect(ticket.text.match(/^\d+\. /gm)).toHaveLength(codes.length);
  });

  it('asks over TCP where only that fails', () => {
    const text = forServers(
      withAncestors((cell) =>
        cell.ok
          ? cell
          : {
              ...cell,
              questions: cell.questions.flatMap((each) => [
                { ...each, answer: 'empty' as const, rcode: 'NOERROR' },
                { ...each, transport: 'tcp' as const },
              ]),
            },
      ),
    ).text;
    expect(text).toContain(`dig +norecurse +dnssec +tcp @198.51.100.53 ${DENIED} A`);
    expect(text.replaceAll(/\s+/g, ' ')).toContain(
      '(seen for A over TCP and NS over TCP; other questions for it fare better)',
    );
  });

  it('says of silence that it is silence', () => {
    const silent = forServers(
      withAncestors((cell) =>
        cell.ok
          ? cell
          : {
              ...cell,
              fault: 'ancestor-lookup-failed',
              answer: 'none',
              coveredNames: [],
              questions: cell.questions.map((each) => ({
                ...each,
                rcode: 'TIMEOUT',
                answer: 'none' as const,
                size: null,
                raw: '',
              })),
            },
      ),
    );
    const silence = pointOf(silent, 1);
    expect(silence).toContain('now: no reply that can be read, within the time given');
    expect(silence).not.toContain('TIMEOUT');
  });
});

describe('what comes of a denied name', () => {
  const deny = (cell: AncestorReport, proven: boolean): AncestorReport => ({
    ...cell,
    ok: false,
    fault: 'ancestor-nxdomain',
    answer: 'nxdomain',
    rcode: 'NXDOMAIN',
    proven,
    covers: false,
    coveredNames: [],
    questions: cell.questions.map((each) => ({
      ...each,
      answer: 'nxdomain' as const,
      rcode: 'NXDOMAIN',
    })),
  });
  const told = (where: (cell: AncestorReport) => boolean, proven: boolean): string =>
    forServers(
      withAncestors((cell) =>
        cell.name !== DENIED
          ? cell
          : where(cell)
            ? deny(cell, proven)
            : { ...cell, ok: true, fault: null, covers: false, coveredNames: [] },
      ),
    ).text.replaceAll(/\s+/g, ' ');
  const last = ({ address }: AncestorReport): boolean => address === '198.51.100.53';

  // As docs/senders.md has it for the columns plain and minimising.
  it('is mail without DANE, where every server proves it', () => {
    expect(told(() => true, true)).toContain('The sender delivers without DANE');
  });

  it('is mail that waits, where every server says so and none proves it', () => {
    const text = told(() => true, false);
    expect(text).toContain('keep the mail waiting');
    expect(text).not.toContain('delivers without DANE');
  });

  it('depends on the server that is asked, where some prove it', () => {
    expect(told(last, true)).toContain('Which of the zone’s servers it happens to ask decides');
  });

  it('is a detour, where some say so and do not prove it', () => {
    expect(told(last, false)).toContain('it finds the records there, a moment later');
  });
});

describe('whom the tickets are for', () => {
  it('is one for each who has something to mend, and holds all errors and warnings but those of nobody', () => {
    for (const report of [reportOf(surveyed()), reportOf(degraded()), reportOf(troubled())]) {
      const tickets = ticketsOf(report);
      const wanted = report.findings.filter(
        ({ severity, mends }) =>
          (severity === 'error' || severity === 'warning') &&
          mends !== 'nobody' &&
          mends !== 'this network',
      );
      expect(tickets.flatMap(({ findings }) => findings)).toHaveLength(wanted.length);
      for (const finding of wanted) {
        expect(ticketWith(tickets, finding)?.mender, finding.code).toBe(finding.mends);
      }
      const keys = tickets.map(({ mender, about }) => `${mender} ${about}`);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  it('is each zone of mail hosts by itself', () => {
    const tickets = ticketsOf(reportOf(degraded()));
    expect(tickets.map(({ mender, about }) => `${mender}: ${about}`)).toEqual(
      expect.arrayContaining([
        'mail host: example.org',
        'DNS operator: example.org',
        'mail host: backup.net',
      ]),
    );
    const hosts = tickets.find(({ mender }) => mender === 'mail host')?.text ?? '';
    expect(hosts).toContain('To whoever runs the mail host mx2.example.org');
  });

  it('is nobody for a notice', () => {
    const report = reportOf(degraded());
    const notices = report.findings.filter(({ severity }) => severity === 'notice');
    expect(notices.length).toBeGreaterThan(0);
    for (const notice of notices) expect(ticketWith(ticketsOf(report), notice)).toBeNull();
  });
});

describe('thirty hosts with the same fault', () => {
  const names = Array.from({ length: 30 }, (_, index) => `mx${index + 1}.example.org`);
  const rename = <T>(value: T, host: string): T =>
    JSON.parse(JSON.stringify(value).replaceAll('mx1.example.org', host)) as T;
  const [first] = reportOf(surveyed()).hosts;
  const findings = reportOf(surveyed()).findings.filter(({ code }) => code === 'ancestor-nxdomain');
  const report: Report = {
    ...reportOf(surveyed()),
    hosts: names.flatMap((name) => (first === undefined ? [] : [rename(first, name)])),
    findings: names.flatMap((name) => rename(findings, name)),
  };

  it('is one point that names three of them', () => {
    const ticket = forServers(report);
    expect(ticket.findings).toHaveLength(30);
    expect(ticket.text.match(/^\d+\. /gm)).toEqual(['1. ']);
    expect(ticket.text).toContain('_tcp.mx3.example.org and 27 more');
    expect(ticket.text.length).toBeLessThan(8_000);
  });
});

describe('as text for a mail', () => {
  const tickets = [surveyed(), degraded(), troubled()].flatMap((events) =>
    ticketsOf(reportOf(events)),
  );

  it('has no line of prose that a mail program would break', () => {
    for (const { text } of tickets) {
      // Commands, zone-file lines and lists stand indented or below this heading.
      const [prose = ''] = text.split('\nWhat to change\n');
      const long = prose
        .split('\n')
        .filter((line) => line.length > 72 && !/^( {2}dig |Subject: )/.test(line));
      expect(long).toEqual([]);
    }
  });

  it('says what is not certain', () => {
    for (const { text, mender } of tickets) {
      expect(text.replaceAll(/\s+/g, ' ')).toContain('Something may have been changed since');
      if (mender === 'DNS operator') {
        expect(text.replaceAll(/\s+/g, ' ')).toContain(
          'Which software these servers run was not looked at.',
        );
      }
    }
  });
});

describe('hostile names and texts', () => {
  /** Every name of the host and every sentence of a server is `text`. */
  const everywhere = (text: string): Report => {
    const report = reportOf(surveyed());
    return {
      ...report,
      domain: text,
      surveys: [],
      zones: [],
      hosts: report.hosts.slice(0, 1).map((host) => ({
        ...host,
        name: text,
        tlsa: { ...host.tlsa, name: text, cname: [], zone: text },
        ancestors: host.ancestors.map((cell) => ({
          ...cell,
          name: text,
          server: text,
          address: text,
          reason: text,
          ok: false,
          fault: 'ancestor-nxdomain' as const,
          questions: cell.questions.map((each) => ({
            ...each,
            name: text,
            type: text,
            answer: 'nxdomain' as const,
            reason: text,
          })),
        })),
      })),
      findings: report.findings
        .filter(({ code }) => code === 'ancestor-nxdomain' || code === 'tlsa-mismatch')
        .map((finding) => ({
          ...finding,
          subject: text,
          title: text,
          message: text,
          remedy: text,
          data: { tlsaName: text, addresses: [text], host: text },
        })),
    };
  };
  const shells = [
    '$(touch x)',
    '`touch x`',
    "a'; touch x; '",
    '-v',
    '@a -f /etc/passwd',
    '* ~ {a,b}',
  ];

  it.each([...HOSTILE_TEXTS.map(([sent]) => sent), ...shells])(
    'shows %j, and puts it into a command as one word each time',
    (sent) => {
      const tickets = ticketsOf(everywhere(sent));
      expect(tickets.map(({ mender }) => mender)).toEqual(['DNS operator', 'mail host']);
      for (const { text, subject } of tickets) {
        expect(text).toMatch(ONLY_SEEN);
        expect(text.split('\n')[0]).toBe(`Subject: ${subject}`);
      }
      const [servers] = tickets;
      const commands = (servers?.text ?? '').split('\n').filter((line) => /^ {2}dig /.test(line));
      expect(commands.length).toBeGreaterThan(0);
      // dig, two options, the server, the name, and -t with what is no type.
      for (const command of commands) expect(wordsOf(command)).toHaveLength(7);
    },
  );

  /** As a shell would hand them to the program. */
  function wordsOf(command: string): readonly string[] {
    const script = `dig() { printf '%s\\n' dig "$@"; }; ${command}`;
    return execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8', cwd: '/' })
      .trimEnd()
      .split('\n');
  }
});

/** Controls but line feed, and what turns the reading order or is not seen. */
const ONLY_SEEN =
  // oxlint-disable-next-line no-control-regex -- finding control characters is what it is for
  /^[^\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]*$/;

function pointOf({ text }: Ticket, number: number): string {
  const from = text.indexOf(`\n${number}. `);
  const to = text.indexOf(`\n${number + 1}. `);
  return text.slice(from, to < 0 ? undefined : to);
}
