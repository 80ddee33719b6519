// What each DNS software is given: one expectation a format, and several hosts and zones at once.
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { formats, isFormatName } from '../../../../shared/publish/formats.ts';
import type { Place, WantedRecord } from '../../../../shared/publish/wanted.ts';

const PLACE: Place = { hosts: ['mx.example.org'], ports: [25], ttl: 3600, zone: 'example.org' };

describe('formats', () => {
  const record: WantedRecord = {
    owner: '_25._tcp.mx.example.org',
    host: 'mx.example.org',
    ttl: 3600,
    tlsa: { usage: 3, selector: 1, matchingType: 1, data: Uint8Array.of(0x00, 0xab, 0x7f) },
    from: 'the certificate of CN=mx.example.org',
    source: 'c0ffee',
  };
  const second = { ...record, tlsa: { ...record.tlsa, usage: 2 } };

  test.each([
    ['zone', '_25._tcp.mx.example.org. 3600 IN TLSA 3 1 1 00ab7f'],
    ['generic', String.raw`_25._tcp.mx.example.org. 3600 IN TYPE52 \# 6 03010100ab7f`],
    [
      'nsupdate',
      'zone example.org.\nupdate add _25._tcp.mx.example.org. 3600 IN TLSA 3 1 1 00ab7f\nsend',
    ],
    [
      'cloudflare',
      '{"type":"TLSA","name":"_25._tcp.mx.example.org","ttl":3600,"data":{"usage":3,"selector":1,"matching_type":1,"certificate":"00ab7f"}}',
    ],
    ['powerdns', "pdnsutil add-record example.org _25._tcp.mx TLSA 3600 '3 1 1 00ab7f'"],
    ['tinydns', String.raw`:_25._tcp.mx.example.org:52:\003\001\001\000\253\177:3600`],
    ['dnscontrol', 'TLSA("_25._tcp.mx", 3, 1, 1, "00ab7f", TTL(3600)),'],
    [
      'csv',
      'name,ttl,type,usage,selector,matching_type,data\n_25._tcp.mx.example.org,3600,TLSA,3,1,1,00ab7f',
    ],
  ] as const)('%s', (name, expected) => {
    expect(formats[name].write([record], PLACE)).toBe(expected);
  });

  test.each([
    ['zone', 'TLSA 2 0 1 00ab7f'],
    ['generic', '02000100ab7f'],
    ['cloudflare', '"usage":2,"selector":0,"matching_type":1,"certificate"'],
    ['tinydns', String.raw`\002\000\001\000\253\177`],
    ['octodns', 'usage: 2\n      selector: 0\n      matching_type: 1\n'],
    ['dnscontrol', ', 2, 0, 1, "00ab7f"'],
    ['csv', ',TLSA,2,0,1,00ab7f'],
    ['cloudflare-curl', '"usage":2,"selector":0,"matching_type":1,"certificate"'],
    [
      'terraform-cloudflare',
      'usage         = 2\n        selector      = 0\n        matching_type = 1\n',
    ],
    ['terraform', '"2 0 1 00ab7f"'],
  ] as const)('%s keeps usage, selector and matching type apart', (name, numbers) => {
    const mixed = { ...record, tlsa: { ...record.tlsa, usage: 2, selector: 0 } };
    expect(formats[name].write([mixed], PLACE)).toContain(numbers);
  });

  test('octoDNS takes all records of a name as one entry', () => {
    const text = formats.octodns.write([record, second], PLACE);
    expect(text.match(/certificate_usage: \d/g)).toEqual([
      'certificate_usage: 3',
      'certificate_usage: 2',
    ]);
    expect(text.startsWith('"_25._tcp.mx":\n  ttl: 3600\n  type: TLSA\n')).toBe(true);
  });

  test('several records for Cloudflare are one batch, which is one request', () => {
    const body: unknown = JSON.parse(formats.cloudflare.write([record, second], PLACE));
    expect(body).toMatchObject({ posts: [{ data: { usage: 3 } }, { data: { usage: 2 } }] });
  });

  describe('with hosts of several zones', () => {
    const elsewhere = {
      ...record,
      owner: '_25._tcp.mx.example.net',
      host: 'mx.example.net',
    };
    const below = { ...record, owner: '_25._tcp.mx2.example.org', host: 'mx2.example.org' };
    const all = [record, second, below, elsewhere];

    test.each([
      [
        'nsupdate',
        [
          'update add _25._tcp.mx.example.org. 3600 IN TLSA 3 1 1 00ab7f',
          'update add _25._tcp.mx.example.org. 3600 IN TLSA 2 1 1 00ab7f',
          'send',
          'update add _25._tcp.mx2.example.org. 3600 IN TLSA 3 1 1 00ab7f',
          'send',
          'update add _25._tcp.mx.example.net. 3600 IN TLSA 3 1 1 00ab7f',
          'send',
        ],
      ],
      [
        'powerdns',
        [
          "pdnsutil add-record example.org _25._tcp.mx TLSA 3600 '3 1 1 00ab7f'",
          "pdnsutil add-record example.org _25._tcp.mx TLSA 3600 '2 1 1 00ab7f'",
          "pdnsutil add-record example.org _25._tcp.mx2 TLSA 3600 '3 1 1 00ab7f'",
          "pdnsutil add-record example.net _25._tcp.mx TLSA 3600 '3 1 1 00ab7f'",
        ],
      ],
      [
        'dnscontrol',
        [
          '// in D("example.org", …)',
          'TLSA("_25._tcp.mx", 3, 1, 1, "00ab7f", TTL(3600)),',
          'TLSA("_25._tcp.mx", 2, 1, 1, "00ab7f", TTL(3600)),',
          'TLSA("_25._tcp.mx2", 3, 1, 1, "00ab7f", TTL(3600)),',
          '// in D("example.net", …)',
          'TLSA("_25._tcp.mx", 3, 1, 1, "00ab7f", TTL(3600)),',
        ],
      ],
    ] as const)('%s tells them apart', (name, expected) => {
      expect(formats[name].write(all, { zone: null }).split('\n')).toEqual(expected);
    });

    test('octoDNS has a key an owner, and tells in whose file', () => {
      const keys = formats.octodns
        .write(all, { zone: null })
        .split('\n')
        .filter((line) => /^[#"]/.test(line));
      expect(keys).toEqual([
        '# example.org.yaml',
        '"_25._tcp.mx":',
        '"_25._tcp.mx2":',
        '# example.net.yaml',
        '"_25._tcp.mx":',
      ]);
    });

    test('Cloudflare gets a request a zone', () => {
      const bodies = formats.cloudflare
        .write(all, { zone: null })
        .split('\n')
        .map((line): unknown => JSON.parse(line));
      expect(bodies).toMatchObject([
        { posts: [{}, {}, { name: '_25._tcp.mx2.example.org' }] },
        { name: '_25._tcp.mx.example.net' },
      ]);
    });

    test('a zone that cannot hold a host is not taken for its zone', () => {
      expect(formats.powerdns.write([elsewhere], { zone: 'example.org' })).toContain(
        'add-record example.net _25._tcp.mx ',
      );
    });
  });

  test('JSON says what each record was made of', () => {
    expect(JSON.parse(formats.json.write([record], PLACE))).toEqual([
      {
        name: '_25._tcp.mx.example.org',
        ttl: 3600,
        type: 'TLSA',
        usage: 3,
        selector: 1,
        matchingType: 1,
        data: '00ab7f',
        from: 'the certificate of CN=mx.example.org',
        source: 'c0ffee',
      },
    ]);
  });

  test('without a host the zone file’s origin completes the name', () => {
    const relative = { ...record, owner: '_25._tcp', host: null };
    expect(formats.zone.write([relative], PLACE)).toBe('_25._tcp 3600 IN TLSA 3 1 1 00ab7f');
  });

  test.each([
    'nsupdate',
    'cloudflare',
    'cloudflare-curl',
    'powerdns',
    'tinydns',
    'octodns',
    'dnscontrol',
    'terraform',
    'terraform-cloudflare',
  ] as const)('%s, which knows no origin, has a gap to fill in without a host', (name) => {
    const relative = { ...record, owner: '_25._tcp', host: null };
    expect(formats[name].write([relative], { zone: null })).toContain('_25._tcp.HOST');
  });

  test('a name that is no format is not taken for one', () => {
    expect(isFormatName('zone')).toBe(true);
    expect(isFormatName('toString')).toBe(false);
  });

  test('Cloudflare’s batches hold no more than the smallest plan allows', () => {
    const many = Array.from({ length: 401 }, (_, index) => ({
      ...record,
      tlsa: { ...record.tlsa, data: Uint8Array.of(index >> 8, index & 0xff) },
    }));
    const lengths = formats.cloudflare
      .write(many, PLACE)
      .split('\n')
      .map((line) => (JSON.parse(line) as { posts?: unknown[] }).posts?.length ?? 1);
    expect(lengths).toEqual([200, 200, 1]);
  });

  describe('as requests to Cloudflare', () => {
    /** A shell runs the text; in the place of curl stands a function that tells what it was called with. */
    function run(text: string, variables: Readonly<Record<string, string>>): readonly string[] {
      const curl = 'curl() { cat; for word in "$@"; do printf "<%s>\\n" "$word"; done; }';
      return execFileSync('sh', ['-c', `${curl}\n${text}`], {
        env: variables,
        encoding: 'utf8',
        stdio: 'pipe',
      })
        .trimEnd()
        .split('\n');
    }

    test('the token goes to standard input and the body is the JSON format’s', () => {
      const text = formats['cloudflare-curl'].write([record, second], PLACE);
      const words = run(text, { CF_API_TOKEN: 'tok en', CF_ZONE_ID: '0123' });
      expect(words[0]).toBe('Authorization: Bearer tok en');
      expect(words.slice(1).join('')).not.toContain('tok en');
      expect(words).toContain(`<${formats.cloudflare.write([record, second], PLACE)}>`);
      expect(words.at(-1)).toBe(
        '<https://api.cloudflare.com/client/v4/zones/0123/dns_records/batch>',
      );
    });

    test('one record is no batch', () => {
      const text = formats['cloudflare-curl'].write([record], PLACE);
      const words = run(text, { CF_API_TOKEN: 't', CF_ZONE_ID: '0123' });
      expect(words.at(-1)).toBe('<https://api.cloudflare.com/client/v4/zones/0123/dns_records>');
    });

    test('nothing is sent without a token, or without a zone', () => {
      const text = formats['cloudflare-curl'].write([record], PLACE);
      const zoneOnly = (): unknown => run(text, { CF_ZONE_ID: '0123' });
      expect(zoneOnly).toThrow(/CF_API_TOKEN/);
      expect(() => run(text, { CF_API_TOKEN: 't' })).toThrow(/CF_ZONE_ID/);
    });

    test('each of several zones has a variable of its own', () => {
      const elsewhere = { ...record, owner: '_25._tcp.mx.example.net', host: 'mx.example.net' };
      const text = formats['cloudflare-curl'].write([record, elsewhere], { zone: null });
      const ids = { CF_ZONE_ID_EXAMPLE_ORG: 'one', CF_ZONE_ID_EXAMPLE_NET: 'two' };
      const words = run(text, { CF_API_TOKEN: 't', ...ids });
      expect(words.filter((word) => word.startsWith('<https:'))).toEqual(
        ['one', 'two'].map(
          (id) => `<https://api.cloudflare.com/client/v4/zones/${id}/dns_records>`,
        ),
      );
    });
  });

  test('Terraform for Cloudflare has an entry a record, of which one that stays keeps its key', () => {
    const both = formats['terraform-cloudflare'].write([record, second], PLACE);
    expect(both).toContain(
      [
        '    "_25._tcp.mx.example.org 3 1 1 00ab7f" = {',
        '      zone = "example.org"',
        '      name = "_25._tcp.mx.example.org"',
        '      ttl  = 3600',
        '      data = {',
        '        usage         = 3',
        '        selector      = 1',
        '        matching_type = 1',
        '        certificate   = "00ab7f"',
        '      }',
        '    }',
      ].join('\n'),
    );
    const keys = (text: string): readonly string[] => text.match(/"[^"]+"(?= = \{)/g) ?? [];
    const alone = formats['terraform-cloudflare'].write([second], PLACE);
    expect(keys(both)).toHaveLength(2);
    expect(keys(both)).toEqual(expect.arrayContaining([...keys(alone)]));
  });

  test('whole certificates, whose data begins alike, are told apart in Terraform', () => {
    const data = Uint8Array.from({ length: 600 }, () => 0x30);
    const whole = { ...record, tlsa: { ...record.tlsa, matchingType: 0, data } };
    const others = ['aa', 'bb'].map((source) => ({ ...whole, source }));
    const text = formats['terraform-cloudflare'].write(others, PLACE);
    expect(text).toContain('3 1 0 aa"');
    expect(text).toContain('3 1 0 bb"');
  });

  test('Terraform for any provider has a set an owner', () => {
    const text = formats.terraform.write([record, second], PLACE);
    expect(text).toContain(
      [
        '    "_25._tcp.mx.example.org" = {',
        '      zone = "example.org"',
        '      # Within the zone.',
        '      name = "_25._tcp.mx"',
        '      ttl  = 3600',
        '      records = [',
        '        "3 1 1 00ab7f",',
        '        "2 1 1 00ab7f",',
        '      ]',
        '    }',
      ].join('\n'),
    );
  });

  test('what Terraform would evaluate is text', () => {
    const odd = {
      ...record,
      owner: '_25._tcp.${x}"%{y}.example.org',
      host: '${x}"%{y}.example.org',
    };
    for (const format of ['terraform', 'terraform-cloudflare'] as const) {
      const text = formats[format].write([odd], PLACE);
      expect(text).toContain('"_25._tcp.$${x}\\"%%{y}.example.org');
    }
  });

  test('every format has a title and a file name of its own', () => {
    const all = Object.values(formats);
    for (const field of ['title', 'fileName'] as const) {
      expect(new Set(all.map((format) => format[field])).size).toBe(all.length);
    }
  });
});
