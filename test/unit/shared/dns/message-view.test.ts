// The fields of raw messages against tshark's dissection of answers that BIND gave, and against hostile octets.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../../../shared/dns/bytes.ts';
import { MAX_FIELDS, type MessageField } from '../../../../shared/dns/message-view-fields.ts';
import { fieldAt, viewMessage } from '../../../../shared/dns/message-view.ts';
import { typeToText } from '../../../../shared/dns/record-type.ts';
import { rdataFormat } from '../../../../shared/dns/rdata-format.ts';
import { rdataFieldNames } from '../../../../shared/dns/rdata-field-names.ts';

interface Dissected {
  readonly name: string;
  readonly from: number;
  readonly size: number;
  readonly value: string;
}

interface Captured {
  readonly title: string;
  readonly bytes: Uint8Array;
  readonly fields: readonly Dissected[];
}

const captured = readFileSync(new URL('dissected-messages.txt', import.meta.url), 'utf8')
  .split(/^message /m)
  .slice(1)
  .map(readCaptured);

function readCaptured(text: string): Captured {
  const [title = '', hex = '', ...lines] = text.trimEnd().split('\n');
  return {
    title,
    bytes: fromHex(hex.replace('hex ', '')) ?? new Uint8Array(0),
    fields: lines.map((line) => {
      const [, name = '', from, size, ...value] = line.split(' ');
      return { name, from: Number(from), size: Number(size), value: value.join(' ') };
    }),
  };
}

/** tshark's names for what we name as the RFCs do. */
const LABELS: Readonly<Record<string, string>> = {
  'dns.id': 'ID',
  'dns.count.queries': 'QDCOUNT',
  'dns.count.answers': 'ANCOUNT',
  'dns.count.auth_rr': 'NSCOUNT',
  'dns.count.add_rr': 'ARCOUNT',
  'dns.qry.name': 'QNAME',
  'dns.qry.type': 'QTYPE',
  'dns.qry.class': 'QCLASS',
  'dns.resp.name': 'NAME',
  'dns.resp.type': 'TYPE',
  'dns.resp.class': 'CLASS',
  'dns.resp.ttl': 'TTL',
  'dns.resp.len': 'RDLENGTH',
  'dns.tlsa.certificate_usage': 'certificate usage',
  'dns.tlsa.selector': 'selector',
  'dns.tlsa.matching_type': 'matching type',
  'dns.tlsa.certificate_association_data': 'certificate association data',
  'dns.rrsig.type_covered': 'type covered',
  'dns.rrsig.algorithm': 'algorithm',
  'dns.rrsig.labels': 'labels',
  'dns.rrsig.original_ttl': 'original TTL',
  'dns.rrsig.signature_expiration': 'signature expiration',
  'dns.rrsig.signature_inception': 'signature inception',
  'dns.rrsig.key_tag': 'key tag',
  'dns.rrsig.signers_name': 'signer’s name',
  'dns.rrsig.signature': 'signature',
  'dns.ns': 'NSDNAME',
  'dns.a': 'address',
  'dns.rr.udp_payload_size': 'UDP payload size',
  'dns.resp.ext_rcode': 'extended RCODE',
  'dns.resp.edns0_version': 'version',
  'dns.opt.code': 'OPTION-CODE',
  'dns.opt.len': 'OPTION-LENGTH',
  'dns.opt.cookie.client': 'client cookie',
  'dns.opt.cookie.server': 'server cookie',
  'dns.dnskey.flags': 'flags',
  'dns.dnskey.protocol': 'protocol',
  'dns.dnskey.algorithm': 'algorithm',
  'dns.dnskey.public_key': 'public key',
  'dns.soa.mname': 'MNAME',
  'dns.soa.rname': 'RNAME',
  'dns.soa.serial_number': 'SERIAL',
  'dns.soa.refresh_interval': 'REFRESH',
  'dns.soa.retry_interval': 'RETRY',
  'dns.soa.expire_limit': 'EXPIRE',
  'dns.soa.minimum_ttl': 'MINIMUM',
  'dns.mx.preference': 'preference',
  'dns.mx.mail_exchange': 'exchange',
  'dns.nsec.next_domain_name': 'next domain name',
  'dns.ds.key_id': 'key tag',
  'dns.ds.algorithm': 'algorithm',
  'dns.ds.digest_type': 'digest type',
  'dns.ds.digest': 'digest',
  'dns.nsec3.algo': 'hash algorithm',
  'dns.nsec3.flags': 'flags',
  'dns.nsec3.iterations': 'iterations',
  'dns.nsec3.salt_length': 'length',
  'dns.nsec3.hash_length': 'length',
  'dns.nsec3.hash_value': 'octets',
};

/** tshark gives bits the span of their word, so these are looked for by what they say. */
const FLAGS: Readonly<Record<string, string>> = {
  'dns.flags.response': 'QR',
  'dns.flags.opcode': 'Opcode',
  'dns.flags.authoritative': 'AA',
  'dns.flags.truncated': 'TC',
  'dns.flags.recdesired': 'RD',
  'dns.flags.recavail': 'RA',
  'dns.flags.z': 'Z',
  'dns.flags.authenticated': 'AD',
  'dns.flags.checkdisable': 'CD',
  'dns.flags.rcode': 'RCODE',
};

/** Both ways of writing a value brought to one. */
function plain(value: string, ours: MessageField | null, bytes: Uint8Array): string {
  if (ours !== null && ['signature', 'public key'].includes(ours.label)) {
    return toHex(bytes.subarray(ours.from, ours.to)).slice(0, 40);
  }
  const date = /^([A-Z][a-z]{2} \d{2}, \d{4}) (\d\d:\d\d:\d\d)\.0+ UTC$/.exec(value);
  if (date !== null)
    return new Date(`${date[1]} ${date[2]} UTC`).toISOString().replace(/[-T:]|\.\d+Z$/g, '');
  if (value === '<Root>') return '.';
  const number = /^(0x[0-9a-f]+|\d+)(?: \(.*\))?$/.exec(value)?.[1];
  if (number !== undefined) return String(Number(number));
  return value
    .replace(/(?<=.)\.$/, '')
    .toLowerCase()
    .slice(0, 40);
}

function isInside(octet: number, { from, to }: MessageField): boolean {
  return from <= octet && octet < to;
}

describe.each(captured)('the answer to $title', ({ bytes, fields }) => {
  const view = viewMessage(bytes);

  it('has no faults, and its fields are where tshark finds them and say the same', () => {
    expect(view.filter(({ fault }) => fault !== null)).toEqual([]);
    for (const { name, from, size, value } of fields) {
      const label = LABELS[name];
      if (label === undefined) continue;
      const bitmap = view.find((each) => each.label === 'type bit maps' && isInside(from, each));
      if (bitmap !== undefined) {
        // tshark tells each type of a list at the octet of its bit.
        expect(bitmap.value.split(' ')).toContain(typeToText(Number(value)));
        continue;
      }
      const ours = view.find((each) => each.label === label && each.from === from);
      expect(ours, `${name} at ${from}`).toBeDefined();
      if (ours === undefined) continue;
      expect({ name, octets: ours.to - ours.from }).toEqual({ name, octets: size });
      expect({ name, value: plain(ours.value, ours, bytes) }).toEqual({
        name,
        value: plain(value, null, bytes),
      });
    }
  });

  it('has the bits of the header that tshark reads', () => {
    const theirs = fields.filter(({ name }) => name in FLAGS);
    expect(theirs).toHaveLength(10);
    for (const { name, value } of theirs) {
      const ours = view.find(({ label }) => label === FLAGS[name]);
      const number = value === 'True' ? '1' : value === 'False' ? '0' : value;
      expect({ name, value: ours?.value.split(' ')[0] }).toEqual({ name, value: number });
    }
  });

  it('leaves no field of tshark’s unread but lists of types and groups', () => {
    const known = (name: string) => name in LABELS || name in FLAGS;
    const others = new Set(fields.map(({ name }) => name).filter((name) => !known(name)));
    expect([...others].filter((name) => !UNCOMPARED.has(name))).toEqual([]);
  });

  it('gives every octet to a field without parts, and none to two', () => {
    const parents = new Set(view.map(({ parent }) => parent));
    const bits = view.find(({ label }) => label === 'flags')?.id;
    const leaves = view.filter(
      ({ id, parent, label }) =>
        !parents.has(id) && parent !== bits && !['DO', 'Z'].includes(label),
    );
    const taken = new Uint8Array(bytes.length);
    for (const { from, to } of leaves)
      for (let at = from; at < to; at++) taken[at] = (taken[at] ?? 0) + 1;
    const flagsOfOpt = view.filter(({ label, depth }) => label === 'flags' && depth > 1);
    const words = new Set([2, 3, ...flagsOfOpt.flatMap(({ from }) => [from, from + 1])]);
    const wrong = [...taken.keys()].filter((at) => taken[at] !== 1 && !words.has(at));
    expect(wrong).toEqual([]);
  });
});

const UNCOMPARED = new Set(['dns.nsec3.salt_value', 'dns.resp.z.do']);

describe('fields and octets', () => {
  const [tlsa] = captured;
  if (tlsa === undefined) throw new Error('no message');
  const view = viewMessage(tlsa.bytes);
  const labelAt = (octet: number) => fieldAt(view, octet)?.label;

  it('lead to each other', () => {
    expect(labelAt(0)).toBe('ID');
    // Ten flags share two octets: what they are parts of is meant.
    expect(labelAt(2)).toBe('flags');
    const data = view.find(({ label }) => label === 'certificate association data');
    expect(labelAt(data?.from ?? -1)).toBe('certificate association data');
    expect(labelAt((data?.from ?? 0) - 1)).toBe('matching type');
    expect(fieldAt(view, tlsa.bytes.length)).toBeNull();
  });

  it('show where compression takes a name on', () => {
    const owner = view.find(({ label, value }) => label === 'NAME' && value.startsWith('_2525'));
    expect(owner).toMatchObject({ value: '_2525._tcp.mx.right-311.test.' });
    expect((owner?.to ?? 0) - (owner?.from ?? 0)).toBe(2);
    expect(owner?.elsewhere[0]).toEqual({ from: 12, to: 18 });
    expect(view.find(({ parent }) => parent === owner?.id)).toMatchObject({
      label: 'pointer',
      value: '→ 12',
    });
  });
});

describe('malformed messages', () => {
  const HEADER = '1f2b85000001000100000000';
  const QUESTION = '076578616d706c65036f7267000001 0001'.replaceAll(' ', '');
  const faults = (hex: string) => {
    const view = viewMessage(fromHex(hex) ?? new Uint8Array(0));
    return view
      .filter(({ fault }) => fault !== null)
      .map(({ fault, from, to }) => ({ fault, from, to }));
  };

  it.each([
    ['nothing', '', [{ fault: 'header-cut', from: 0, to: 0 }]],
    ['three octets', '1f2b85', [{ fault: 'header-cut', from: 2, to: 3 }]],
    ['a name cut off', `${HEADER}0765`, [{ fault: 'name-cut', from: 12, to: 14 }]],
    ['a label of neither kind', `${HEADER}41aa00`, [{ fault: 'label-type', from: 12, to: 15 }]],
    // The octets behind a pointer that leads nowhere are still read.
    [
      'a pointer to itself',
      `${HEADER.replace('00010001', '00010000')}c00c00010001`,
      [{ fault: 'pointer', from: 12, to: 14 }],
    ],
    [
      'a record cut off in its fixed part',
      `${HEADER}${QUESTION}c00c0001`,
      [{ fault: 'record-cut', from: 31, to: 33 }],
    ],
    [
      'RDATA that runs past the end',
      `${HEADER}${QUESTION}c00c000100010000003c0004c000`,
      [{ fault: 'record-cut', from: 41, to: 43 }],
    ],
    [
      'RDATA too short for its type',
      `${HEADER}${QUESTION}c00c000100010000003c0002c000`,
      [{ fault: 'rdata-cut', from: 41, to: 43 }],
    ],
    [
      'RDATA too long for its type',
      `${HEADER}${QUESTION}c00c000100010000003c0005c0000201ff`,
      [{ fault: 'rdata-left-over', from: 45, to: 46 }],
    ],
    [
      'octets behind the last record',
      `${HEADER.replace('00010001', '00010000')}${QUESTION}abcd`,
      [{ fault: 'left-over', from: 29, to: 31 }],
    ],
  ])('%s: what could be read is named, then where it stopped', (_, hex, wanted) => {
    expect(faults(hex)).toEqual(wanted);
  });

  it('read on behind RDATA that is malformed', () => {
    const broken = 'c00c000100010000003c0002c000';
    const sound = 'c00c000100010000003c0004c0000201';
    const view = viewMessage(
      fromHex(`${HEADER.replace('00010001', '00010002')}${QUESTION}${broken}${sound}`) ??
        new Uint8Array(0),
    );
    expect(view.find(({ label }) => label === 'address')?.value).toBe('192.0.2.1');
  });

  it('with more records than can be named end with a word of it', () => {
    // The smallest records: a root owner and no RDATA.
    const record = '0000010001000000000000';
    const view = viewMessage(
      fromHex(`1f2b85000000ffff00000000${record.repeat(5900)}`) ?? new Uint8Array(0),
    );
    expect(view.at(-1)?.fault).toBe('limit');
    expect(view.length).toBeLessThan(MAX_FIELDS + 20);
  });

  it('never throw, stay in bounds, and keep parts inside what they are parts of', () => {
    const alter = fc.tuple(
      fc.constantFrom(...captured.map(({ bytes }) => bytes)),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 12 }),
      fc.nat(),
    );
    const altered = alter.map(([bytes, changes, cut]) => {
      const copy = bytes.slice(0, cut % 3 === 0 ? cut % (bytes.length + 1) : bytes.length);
      for (const [at, value] of changes) if (copy.length > 0) copy[at % copy.length] = value;
      return copy;
    });
    fc.assert(
      fc.property(fc.oneof(altered, fc.uint8Array({ maxLength: 300 })), (bytes) => {
        const view = viewMessage(bytes);
        expect(view.length).toBeLessThan(MAX_FIELDS + 20);
        for (const { id, from, to, parent, elsewhere } of view) {
          const around = parent === null ? { from: 0, to: bytes.length } : view[parent];
          expect(from).toBeGreaterThanOrEqual(around?.from ?? -1);
          expect(to).toBeLessThanOrEqual(around?.to ?? -1);
          expect(to).toBeGreaterThanOrEqual(from);
          expect(elsewhere.length).toBeLessThan(256);
          expect(view[id]?.from).toBe(from);
        }
      }),
      { numRuns: 400 },
    );
  });
});

it('names as many fields as each type has', () => {
  for (let type = 0; type < 0x10000; type++) {
    const names = rdataFieldNames(type);
    if (names.length > 0)
      expect({ type, of: names.length }).toEqual({ type, of: rdataFormat(type)?.length });
  }
});
