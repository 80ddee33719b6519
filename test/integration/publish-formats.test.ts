/** What each format hands to DNS software is what that software, or a reader of the format, gets out of it. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formats } from '../../shared/publish/formats.ts';
import type { WantedRecord } from '../../shared/publish/wanted.ts';
import { readHcl } from './hcl.ts';

const ZONE = 'example.org';
const HOSTS = ['mx1.example.org', 'mx2.mail.example.org'] as const;
/** Every usage, selector and matching type; whole data is long, and begins with octets that are special somewhere. */
const KINDS = [
  [3, 1, 1, digest('sha256', 'a')],
  [2, 0, 2, digest('sha512', 'b')],
  [0, 1, 0, Buffer.concat([Buffer.from('\\:"\'$%\n\0 #;'), Buffer.alloc(500, 0x5c)])],
  [1, 0, 1, digest('sha256', 'c')],
] as const;

const RECORDS: readonly WantedRecord[] = HOSTS.flatMap((host) =>
  [25, 465].flatMap((port) =>
    KINDS.map(([usage, selector, matchingType, data], index) => ({
      owner: `_${port}._tcp.${host}`,
      host,
      ttl: 1800,
      tlsa: { usage, selector, matchingType, data: new Uint8Array(data) },
      from: 'a test',
      source: String(index),
    })),
  ),
);

/** `OWNER TTL U S M HEX`, sorted. */
const EXPECTED = RECORDS.map(({ owner, ttl, tlsa: { usage, selector, matchingType, data } }) =>
  [owner, ttl, usage, selector, matchingType, Buffer.from(data).toString('hex')].join(' '),
).sort();

function digest(algorithm: string, text: string): Buffer {
  return createHash(algorithm).update(text).digest();
}

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'publish-formats-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(format: keyof typeof formats): string {
  return formats[format].write(RECORDS, { zone: ZONE });
}

function run(program: string, args: readonly string[], cwd = folder): string {
  return execFileSync(program, args, { cwd, encoding: 'utf8', stdio: 'pipe' });
}

/** From zone-file lines: `NAME. TTL [IN] TLSA U S M HEX…`. */
function recordsIn(zoneText: string): readonly string[] {
  return zoneText
    .split('\n')
    .flatMap((line) => {
      const [, owner, ttl, numbers, hex] =
        /^(\S+?)\.?\s+(\d+)\s+IN\s+TLSA\s+(\d \d \d)\s+([0-9A-Fa-f ]+)$/.exec(line) ?? [];
      return hex === undefined
        ? []
        : [`${owner} ${ttl} ${numbers} ${hex.replaceAll(' ', '').toLowerCase()}`];
    })
    .sort();
}

describe('BIND', () => {
  const HEAD = `$ORIGIN ${ZONE}.\n@ 3600 IN SOA ns a 1 2 3 4 5\n@ 3600 IN NS ns\nns 3600 IN A 192.0.2.1\n`;

  test.each(['zone', 'generic'] as const)('reads the records of a %s file', (format) => {
    const file = join(folder, format);
    writeFileSync(file, `${HEAD}${written(format)}\n`);
    expect(run('named-checkzone', [ZONE, file])).toMatch(/OK\s*$/);
    expect(recordsIn(run('named-compilezone', ['-q', '-o', '-', ZONE, file]))).toEqual(EXPECTED);
  });

  test('completes names without a host from the origin', () => {
    const relative = RECORDS.slice(0, 1).map((record) => ({
      ...record,
      owner: '_25._tcp',
      host: null,
    }));
    const file = join(folder, 'relative');
    writeFileSync(
      file,
      `${HEAD}$ORIGIN mx1.${ZONE}.\n${formats.zone.write(relative, { zone: null })}\n`,
    );
    const [record] = recordsIn(run('named-compilezone', ['-q', '-o', '-', ZONE, file]));
    expect(record).toContain(`_25._tcp.mx1.${ZONE} 1800 3 1 1 `);
  });
});

test('tinydns serves the records of its data file', () => {
  const cwd = mkdtempSync(join(folder, 'tinydns-'));
  writeFileSync(join(cwd, 'data'), `.${ZONE}::ns.${ZONE}\n${written('tinydns')}\n`);
  run('tinydns-data', [], cwd);
  const owners = [...new Set(RECORDS.map(({ owner }) => owner))];
  const found = owners.flatMap((owner) =>
    run('tinydns-get', ['52', owner], cwd)
      .split('\n')
      .flatMap((line) => {
        const [, ttl, data] = /^answer: \S+ (\d+) 52 (.*)$/.exec(line) ?? [];
        if (data === undefined) return [];
        const [usage, selector, matchingType, ...rest] = octetsOf(data);
        const hex = Buffer.from(rest).toString('hex');
        return [[owner, ttl, usage, selector, matchingType, hex].join(' ')];
      }),
  );
  expect(found.sort()).toEqual(EXPECTED);
});

/** As tinydns-get shows them: a printable character as itself, others as `\ooo`. */
function octetsOf(shown: string): readonly number[] {
  return [...shown.matchAll(/\\([0-7]{3})|([^\\])/g)].map(([, octal, character]) =>
    octal === undefined ? (character ?? '').charCodeAt(0) : Number.parseInt(octal, 8),
  );
}

test('PowerDNS has the records after the lines have run in a shell', () => {
  const cwd = mkdtempSync(join(folder, 'powerdns-'));
  writeFileSync(join(cwd, 'pdns.conf'), `launch=lmdb\nlmdb-filename=${join(cwd, 'zones.lmdb')}\n`);
  const program = `pdnsutil() { command pdnsutil --config-dir='${cwd}' "$@"; }`;
  run('sh', ['-ec', `${program}\npdnsutil create-zone ${ZONE}\n${written('powerdns')}\n`]);
  expect(recordsIn(run('pdnsutil', [`--config-dir=${cwd}`, 'list-zone', ZONE]))).toEqual(EXPECTED);
});

interface Fields {
  readonly owner: string;
  readonly ttl: unknown;
  readonly numbers: readonly unknown[];
  readonly hex: unknown;
}

function lineOf({ owner, ttl, numbers, hex }: Fields): string {
  return [owner, ttl, ...numbers, hex].join(' ');
}

test('JSON and CSV hold the records field by field', () => {
  const json = JSON.parse(written('json')) as Record<string, unknown>[];
  expect(
    json
      .map((each) =>
        lineOf({
          owner: String(each['name']),
          ttl: each['ttl'],
          numbers: [each['usage'], each['selector'], each['matchingType']],
          hex: each['data'],
        }),
      )
      .sort(),
  ).toEqual(EXPECTED);
  const [head, ...rows] = written('csv').split('\n');
  expect(head).toBe('name,ttl,type,usage,selector,matching_type,data');
  expect(
    rows
      .map((row) => row.split(','))
      .map(([owner = '', ttl, , usage, selector, matchingType, hex]) =>
        lineOf({ owner, ttl, numbers: [usage, selector, matchingType], hex }),
      )
      .sort(),
  ).toEqual(EXPECTED);
});

test('DNSControl’s lines are the arguments of D(…) in JavaScript', () => {
  const records: string[] = [];
  runInNewContext(`D(${JSON.stringify(ZONE)}, ${written('dnscontrol')})`, {
    D: (zone: string, ...modifiers: readonly ((zone: string) => void)[]) => {
      for (const modifier of modifiers) modifier(zone);
    },
    TTL: (ttl: number) => ttl,
    TLSA: (name: string, ...rest: readonly unknown[]) => {
      const [usage, selector, matchingType, hex, ttl] = rest;
      return (zone: string) => {
        const owner = `${name}.${zone}`;
        records.push(lineOf({ owner, ttl, numbers: [usage, selector, matchingType], hex }));
      };
    },
  });
  expect(records.sort()).toEqual(EXPECTED);
});

/** The subset of YAML 1.2 that octoDNS’s entries are written in; anything else fails. */
function readOctoDns(text: string): readonly string[] {
  const records: string[] = [];
  let owner = '';
  let ttl = '';
  let numbers: string[] = [];
  const lines: readonly (readonly [RegExp, (value: string) => void])[] = [
    [/^"([^"\\]+)":$/, (name) => (owner = `${name}.${ZONE}`)],
    [/^ {2}ttl: (\d+)$/, (value) => (ttl = value)],
    [/^ {2}(type: TLSA)$/, () => undefined],
    [/^ {2}(values:)$/, () => undefined],
    [/^ {4}- certificate_usage: (\d)$/, (value) => (numbers = [value])],
    [/^ {6}selector: (\d)$/, (value) => numbers.push(value)],
    [/^ {6}matching_type: (\d)$/, (value) => numbers.push(value)],
    [
      /^ {6}certificate_association_data: "([0-9a-f]+)"$/,
      (hex) => records.push(lineOf({ owner, ttl, numbers, hex })),
    ],
  ];
  for (const line of text.split('\n')) {
    const fit = lines.find(([pattern]) => pattern.test(line));
    expect(fit, `“${line}” belongs to no entry`).toBeDefined();
    fit?.[1](fit[0].exec(line)?.[1] ?? '');
  }
  return records.sort();
}

test('octoDNS’s YAML has one entry a name, with all its values', () => {
  const text = written('octodns');
  expect(readOctoDns(text)).toEqual(EXPECTED);
  const names = text.match(/^"[^"]+":$/gm) ?? [];
  expect(new Set(names).size).toBe(4);
  expect(names).toHaveLength(4);
});

describe('Terraform', () => {
  test('for Cloudflare holds the records in a map, and one resource over it', () => {
    const { locals, blocks } = readHcl(written('terraform-cloudflare'));
    const records = Object.values(locals['tlsa_records'] ?? {}) as Record<string, unknown>[];
    const lines = records.map(({ zone, name, ttl, data }) => {
      expect(zone).toBe(ZONE);
      const fields = data as Record<string, unknown>;
      const numbers = [fields['usage'], fields['selector'], fields['matching_type']];
      return lineOf({ owner: String(name), ttl, numbers, hex: fields['certificate'] });
    });
    expect(lines.sort()).toEqual(EXPECTED);
    expect(blocks).toEqual([
      'variable "cloudflare_zone_ids"',
      'locals',
      'resource "cloudflare_dns_record" "tlsa"',
    ]);
  });

  test('for any provider holds record sets', () => {
    const { locals } = readHcl(written('terraform'));
    const sets = Object.entries(locals['tlsa_record_sets'] ?? {}) as [
      string,
      Record<string, unknown>,
    ][];
    const lines = sets.flatMap(([owner, { zone, name, ttl, records }]) => {
      expect(`${String(name)}.${String(zone)}`).toBe(owner);
      return (records as string[]).map((record) => `${owner} ${String(ttl)} ${record}`);
    });
    expect(lines.sort()).toEqual(EXPECTED);
  });
});
