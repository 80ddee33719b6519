// A list of domains as people have it: nothing that can be used is lost, and what cannot is told with its line.
import { domainToASCII } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDomainList } from '../../../../shared/batch/read-list.ts';

const read = (text: string) => readDomainList(text, domainToASCII);

describe('a line', () => {
  test.each([
    ['a domain', 'Example.ORG', 'example.org'],
    ['a trailing dot', 'example.org.', 'example.org'],
    ['a mail address', 'jane@example.org', 'example.org'],
    ['a mail address behind a name', 'Doe, Jane <jane@example.org>', 'example.org'],
    ['a mailto link', 'mailto:jane@example.org?subject=a,b', 'example.org'],
    ['a URL', 'https://user@www.example.org:8443/a?b#c', 'www.example.org'],
    // RFC 3492 §7.1 and the IDN of the RFC 5890 family: ü is xn--…-kva.
    ['an internationalised name', 'bücher.example', 'xn--bcher-kva.example'],
    ['the first column of a table', 'example.org,secure,"a, b"', 'example.org'],
    ['a table with semicolons', 'example.org;secure', 'example.org'],
    ['a table with tabs', 'example.org\tsecure', 'example.org'],
    ['a column in quotes', '"example.org","x"', 'example.org'],
    ['a remark behind it', 'example.org   # the main one', 'example.org'],
    ['blanks around it', ' \t example.org \t', 'example.org'],
  ])('may be %s', (_what, line, domain) => {
    expect(read(line)).toEqual({
      domains: [domain],
      refused: [],
      refusedCount: 0,
      duplicates: 0,
      leftOut: 0,
    });
  });

  test('is no domain where it is empty or a remark', () => {
    expect(read('\n  \n# example.net\n   # example.com\n').domains).toEqual([]);
    expect(read('\n  \n# example.net\n').refusedCount).toBe(0);
  });

  test.each([
    ['LF', '\n'],
    ['CR LF', '\r\n'],
    ['CR', '\r'],
  ])('ends with %s', (_name, end) => {
    expect(read(['\ufeffa.example', 'b.example', ''].join(end)).domains).toEqual([
      'a.example',
      'b.example',
    ]);
  });
});

describe('what cannot be used', () => {
  test('is told with the number of its line, and loses nothing else', () => {
    const list = read('a.example\nno such name\n\n192.0.2.1\n,x\nb..example\nb.example');
    expect(list.domains).toEqual(['a.example', 'b.example']);
    expect(list.refusedCount).toBe(4);
    expect(list.refused.map((sentence) => sentence.split(':')[0])).toEqual([
      'Line 2',
      'Line 4',
      'Line 5',
      'Line 6',
    ]);
    expect(list.refused[1]).toContain('IP address');
    expect(list.refused[2]).toBe('Line 5: It names no domain.');
  });

  test('is told twenty times and counted from there on', () => {
    const list = read('? ?\n'.repeat(500) + 'a.example');
    expect(list.refused).toHaveLength(20);
    expect(list.refusedCount).toBe(500);
    expect(list.domains).toEqual(['a.example']);
  });

  test('steers nothing: control and direction characters are spelt', () => {
    const list = read('\u202egro.elpmaxe\n\u001b[31mred.example\na\u0000b.example');
    expect(list.domains).toEqual([]);
    expect(list.refused).toHaveLength(3);
    // oxlint-disable-next-line no-control-regex -- these must not be there
    for (const sentence of list.refused) expect(sentence).not.toMatch(/[\u0000-\u001f\u202e]/);
  });

  test('is told in few characters, however long the line', () => {
    const list = read(`${'x'.repeat(1024 * 1024)}\n"${'"'.repeat(1024 * 1024)}\nb.example`);
    expect(list.domains).toEqual(['b.example']);
    expect(list.refusedCount).toBe(2);
    for (const sentence of list.refused) expect(sentence.length).toBeLessThanOrEqual(220);
  });
});

describe('a heading', () => {
  test.each([
    'domain,outcome,summary',
    '"domain","outcome"',
    'Domain',
    'Name;Kunde',
    '# c\nE-Mail\tName',
  ])('%j is no domain', (heading) => {
    expect(read(`${heading}\na.example`)).toMatchObject({
      domains: ['a.example'],
      refusedCount: 0,
    });
  });

  test('is looked for in the first line only, and a top-level domain by itself is none', () => {
    expect(read('a.example\ndomain').domains).toEqual(['a.example', 'domain']);
    expect(read('name\na.example').domains).toEqual(['name', 'a.example']);
  });
});

describe('how much', () => {
  test('a domain that is named again counts once, however it is written', () => {
    const list = read('bücher.example\nXN--BCHER-KVA.example.\nx@bücher.example');
    expect(list).toMatchObject({ domains: ['xn--bcher-kva.example'], duplicates: 2 });
  });

  test('ten thousand are taken; those on top are counted, remarks among them not', () => {
    const lines = Array.from({ length: 10_003 }, (_, index) => `d${index}.example`);
    const list = read([...lines.slice(0, 10_001), '# x', '', ...lines.slice(10_001)].join('\n'));
    expect(list.domains).toHaveLength(10_000);
    expect(list.domains.at(-1)).toBe('d9999.example');
    expect(list.leftOut).toBe(3);
  });

  test('fifty thousand lines are read; the others are counted', () => {
    const list = read('a.example\n'.repeat(60_000));
    expect(list).toMatchObject({ domains: ['a.example'], duplicates: 49_999, leftOut: 10_000 });
  });
});

test('each line of whatever text is a domain, told, a repetition, or left out', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 60 }), (parts) => {
      const lines = parts.map((part) => `x${part.replaceAll(/[\r\n]/g, '')}`);
      const list = read(lines.join('\n'));
      const { domains, refusedCount, duplicates, leftOut } = list;
      const headings = lines.filter((line) => /^xdomain/i.test(line)).length;
      expect(headings).toBe(0);
      expect(domains.length + refusedCount + duplicates + leftOut).toBe(lines.length);
      for (const domain of domains) expect(domain).toMatch(/^[a-z0-9._-]+$/);
    }),
  );
});
