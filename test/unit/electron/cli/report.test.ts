// What `check --report` writes, and what it says where it cannot.
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from './rig.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-report-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('--report', () => {
  test('writes Markdown with the finding and its remedy', async () => {
    const file = join(folder, 'report.md');
    await run(['check', '--lab', 'stale.lab', '--report', file]);
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/^# stale\.lab: broken\n/);
    expect(text).toMatch(/```text\n[^`]*IN TLSA 3 1 1 [0-9a-f]{64}/);
  });

  test('writes JSON: an object for one domain, an array for several, two files at once', async () => {
    const one = join(folder, 'one.json');
    const markdown = join(folder, 'one.md');
    const several = join(folder, 'several.json');
    await run(['check', '--lab', 'good.lab', '--report', one, '--report', markdown]);
    await run(['check', '--lab', 'good.lab', 'nomail.lab', '--report', several]);
    expect(JSON.parse(readFileSync(one, 'utf8'))).toMatchObject({ domain: 'good.lab' });
    expect(readFileSync(markdown, 'utf8')).toContain('# good.lab');
    expect(JSON.parse(readFileSync(several, 'utf8'))).toHaveLength(2);
  });

  test('writes one HTML file and one table of several domains', async () => {
    const [page, table] = [join(folder, 'two.html'), join(folder, 'two.csv')];
    const files = ['--report', page, '--report', table];
    const { exit } = await run(['check', '--lab', 'good.lab', 'stale.lab', ...files]);
    const html = readFileSync(page, 'utf8');
    expect(html).toMatch(/^<!DOCTYPE html>/);
    for (const domain of ['good.lab', 'stale.lab']) expect(html).toContain(`<h2>${domain}</h2>`);
    const rows = parseCsv(readFileSync(table, 'utf8'), { columns: true });
    expect(rows).toMatchObject([
      { domain: 'good.lab', outcome: 'secure' },
      { domain: 'stale.lab', outcome: 'broken' },
    ]);
    expect(exit).toBe(2);
  });

  test.each([
    ['x.pdf', /^--report x\.pdf: PDF reports are made by the window, not by the command line\.$/m],
    ['x', /must end in \.html, \.md, \.csv, \.json or \.danecase/],
    ['x.doc', /must end in/],
  ])('of %s is refused before anything is asked', async (file, sentence) => {
    const { exit, stderr, stdout } = await run(['check', '--lab', 'good.lab', '--report', file]);
    expect(stderr).toMatch(sentence);
    expect({ exit, stdout }).toEqual({ exit: 3, stdout: '' });
  });

  test.each([
    ['/nowhere/at/all/x.json', 'it does not exist'],
    ['/dev/null/x.md', 'a part of its path is not a folder'],
    ['/proc/x.csv', 'it does not exist'],
  ])(
    'to %s is told in a sentence; the result and the other reports are there',
    async (path, reason) => {
      const other = join(folder, 'other.md');
      const files = ['--report', path, '--report', other];
      const { exit, stderr, stdout } = await run(['check', '--lab', 'good.lab', ...files]);
      const sentences = stderr.split('\n').filter((line) => line.startsWith(`--report ${path} c`));
      expect(sentences).toHaveLength(1);
      expect(sentences[0]).toMatch(/(cannot|could not) be written/);
      expect(sentences[0]).toContain(`(${reason}).`);
      expect(stdout).toContain('good.lab');
      expect(readFileSync(other, 'utf8')).toContain('# good.lab');
      expect(exit).toBe(3);
    },
  );

  test('a full disk is told in a sentence, and takes nothing else along', async () => {
    const full = join(folder, 'full.md');
    symlinkSync('/dev/full', full);
    const { exit, stderr, stdout } = await run(['check', '--lab', 'stale.lab', '--report', full]);
    expect(stderr).toContain(`--report ${full} could not be written (the disk is full).`);
    expect(stdout).toContain('stale.lab');
    // What was found weighs more than a report that was not written.
    expect(exit).toBe(2);
  });
});
