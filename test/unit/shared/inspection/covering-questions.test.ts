/** Which question shows a signed denial that covers a name, by messages made octet by octet (RFC 1035 §4.1, RFC 4034 §4). */
import { describe, expect, it } from 'vitest';
import { emptyReport } from '../../../../shared/inspection/empty-report.ts';
import type { InspectionEvent } from '../../../../shared/inspection/event.ts';
import { fold } from '../../../../shared/inspection/fold.ts';
import type { AncestorReport, ServerQuestion } from '../../../../shared/inspection/report.ts';
import { ancestors, question, surveyed } from '../../renderer/streams-of-servers.ts';

const COVERED = '_tcp.mx1.example.org';
const SERVER = '198.51.100.53';
const [NSEC, NSEC3] = [47, 50];

function wireName(name: string): Buffer {
  const labels = name === '.' ? [] : name.split('.');
  const parts = labels.map((label) => Buffer.from([label.length, ...Buffer.from(label, 'latin1')]));
  return Buffer.concat([...parts, Buffer.from([0])]);
}

/** A response with one record in its authority section. */
function response(name: string, owner: string, type: number, rdata: Buffer): string {
  const header = Buffer.from('123484000001000000010000', 'hex');
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(type, 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt32BE(300, 4);
  fixed.writeUInt16BE(rdata.length, 8);
  const asked = Buffer.concat([wireName(name), Buffer.from([0, 1, 0, 1])]);
  return Buffer.concat([header, asked, wireName(owner), fixed, rdata]).toString('hex');
}

function nsec(name: string, owner: string, next: string): string {
  const bitmap = Buffer.from([0, 1, 0x40]);
  return response(name, owner, NSEC, Buffer.concat([wireName(next), bitmap]));
}

function nsec3(name: string, hash: string): string {
  const rdata = Buffer.from(`0100000000 14 ${'ab'.repeat(20)}`.replaceAll(' ', ''), 'hex');
  return response(name, `${hash}.example.org`, NSEC3, rdata);
}

/** The remedy where one server answers for the host’s name with these messages, and denies the name below it. */
function remedyFor(...questions: readonly Partial<ServerQuestion>[]): string {
  const asked = questions.map((each) => question({ name: 'mx1.example.org', ...each }));
  const deny = (cell: AncestorReport): AncestorReport =>
    cell.name === 'mx1.example.org' && cell.address === SERVER
      ? {
          ...cell,
          ok: false,
          fault: 'ancestor-denied',
          covers: true,
          coveredNames: [COVERED],
          questions: asked,
        }
      : { ...cell, ok: true, fault: null, covers: false, coveredNames: [] };
  const events = surveyed().map((event): InspectionEvent =>
    event.kind === 'ancestors' && event.host === 'mx1.example.org'
      ? { ...event, ancestors: ancestors().map(deny) }
      : event,
  );
  const report = events.reduce(fold, emptyReport('example.org'));
  const finding = report.findings.find(({ code }) => code === 'ancestor-denied');
  if (finding === undefined) throw new Error('the denial was not found');
  return finding.remedy;
}

function faultsIn(remedy: string): readonly string[] {
  return remedy.split('\n').filter((line) => line.includes('# the fault'));
}

describe('the remedy for a name that a signed record covers', () => {
  it('asks what brings the NSEC record that covers it, whichever question that was', () => {
    const remedy = remedyFor(
      {
        type: 'A',
        answer: 'empty',
        raw: nsec('mx1.example.org', 'a.example.org', 'b.example.org'),
      },
      {
        type: 'NS',
        transport: 'tcp',
        answer: 'empty',
        raw: nsec('mx1.example.org', 'mx1.example.org', 'z.example.org'),
      },
    );
    expect(faultsIn(remedy)).toEqual([
      `dig @${SERVER} +tcp +norecurse +dnssec mx1.example.org NS  # the fault`,
    ]);
    expect(remedy).toContain(`# NSEC: its owner sorts before ${COVERED}`);
    expect(remedy).not.toContain('nsec3hash');
  });

  it('takes no NSEC record for it whose next name is below the name (RFC 4035 §5.4)', () => {
    const remedy = remedyFor(
      {
        type: 'A',
        answer: 'empty',
        raw: nsec('mx1.example.org', 'mx1.example.org', `_25.${COVERED}`),
      },
      {
        type: 'NS',
        answer: 'empty',
        raw: nsec('mx1.example.org', 'mx1.example.org', 'z.example.org'),
      },
    );
    expect(faultsIn(remedy)).toEqual([
      `dig @${SERVER} +norecurse +dnssec mx1.example.org NS  # the fault`,
    ]);
  });

  it('names each answer with another NSEC3 record, since only the hash tells in which it is', () => {
    const remedy = remedyFor(
      { type: 'A', answer: 'empty', raw: nsec3('mx1.example.org', '0'.repeat(32)) },
      { type: 'NS', answer: 'empty', raw: nsec3('mx1.example.org', '1'.repeat(32)) },
    );
    expect(faultsIn(remedy)).toEqual([
      `dig @${SERVER} +norecurse +dnssec mx1.example.org A  # the fault, in one of these`,
      `dig @${SERVER} +norecurse +dnssec mx1.example.org NS  # the fault, in one of these`,
    ]);
    expect(remedy).toContain(`nsec3hash SALT ALGORITHM ITERATIONS ${COVERED}`);
  });

  it('is there too where the answers cannot be read', () => {
    expect(faultsIn(remedyFor({ type: 'A', answer: 'empty', raw: 'ff' }))).toHaveLength(1);
  });
});
