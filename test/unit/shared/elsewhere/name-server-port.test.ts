/** Where name servers are asked at another port than 53, or by way of a resolver, commands and tickets ask there too. */
import { describe, expect, it } from 'vitest';
import { delvCommand, givenResolver } from '../../../../shared/elsewhere/command-dns.ts';
import { ticketForZone, ticketsOf } from '../../../../shared/elsewhere/ticket.ts';
import { emptyReport } from '../../../../shared/inspection/empty-report.ts';
import { fold } from '../../../../shared/inspection/fold.ts';
import type { Report } from '../../../../shared/inspection/report.ts';
import { inspectionEvent } from '../../../../shared/ipc/event-schema.ts';
import { surveyed } from '../../renderer/streams-of-servers.ts';

/** `dig` and `delv` lines that ask a server which is named. */
const ASKED = /\bd(?:ig|elv) [^\n#|]*@[0-9a-f.:]+/g;

function reportAt(dnsPort?: number): Report {
  const events = surveyed().map((event) =>
    event.kind === 'started' && dnsPort !== undefined ? { ...event, dnsPort } : event,
  );
  return events.reduce(fold, emptyReport('example.org'));
}

function texts(report: Report): readonly string[] {
  const ticket = ticketForZone(ticketsOf(report), 'example.org');
  return [ticket?.text ?? '', ...report.findings.map(({ remedy }) => remedy)];
}

describe('another port than 53', () => {
  const report = reportAt(5300);

  it('is in the report, and 53 is not', () => {
    expect(report.tool.dnsPort).toBe(5300);
    expect(reportAt().tool).not.toHaveProperty('dnsPort');
  });

  it('is in every command that asks a name server by itself', () => {
    const lines = texts(report).flatMap((text) => text.match(ASKED) ?? []);
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.filter((line) => !line.includes(' -p 5300 '))).toEqual([]);
  });

  it('is in none where it is 53', () => {
    expect(texts(reportAt()).join('\n')).not.toContain(' -p ');
  });

  it('changes nothing else of a finding', () => {
    const bare = (each: Report) => each.findings.map(({ code, severity }) => [code, severity]);
    expect(bare(report)).toEqual(bare(reportAt()));
  });
});

describe('a resolver that was given', () => {
  const by = (resolver: string): Report => ({
    ...reportAt(),
    tool: { ...reportAt().tool, resolver },
  });

  it.each([
    ['192.0.2.1#53', 'delv @192.0.2.1 a.example MX'],
    ['2001:db8::1#5353', 'delv -p 5353 @2001:db8::1 a.example MX'],
    ['iterative', 'delv a.example MX'],
    // What a report from elsewhere may claim.
    ['$(id)#53', 'delv a.example MX'],
  ])('%s is asked by delv', (resolver, command) => {
    const server = givenResolver(by(resolver));
    expect(delvCommand({ name: 'a.example', type: 'MX' }, { server })).toBe(command);
  });
});

it('crosses to the window', () => {
  const [started] = surveyed();
  const event = { ...started, dnsPort: 5300 };
  expect(inspectionEvent.parse(event)).toEqual(event);
  expect(inspectionEvent.safeParse({ ...event, dnsPort: '53; id' }).success).toBe(false);
});
