// The line of a crontab, read as crontab(5) and sh(1) read it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { cronLine, LIST_FILE, type AskingOptions } from '../../../../shared/watch/cron-line.ts';

const PLAIN: AskingOptions = {
  lab: false,
  resolver: '',
  proxy: '',
  ehloName: '',
  timeoutSeconds: 5,
  families: 'both',
  smtp: true,
  allowPrivate: false,
  ownRoot: false,
};

function made(
  domains: readonly string[],
  intervalMinutes = 360,
  asking: Partial<AskingOptions> = {},
) {
  const line = cronLine(domains, { intervalMinutes, expiryDays: 14 }, { ...PLAIN, ...asking });
  if (line === null) throw new Error('no line');
  return line;
}

const home = mkdtempSync(join(tmpdir(), 'cron-line-'));
writeFileSync(join(home, 'dane-inspector'), `#!/bin/sh\nprintf '%s\\n' "$@"\n`, { mode: 0o755 });
afterAll(() => rmSync(home, { recursive: true }));

/** The words that the program is given when a shell runs the command. */
function shellWords(command: string): readonly string[] {
  const env = { HOME: home, PATH: `${home}:/usr/bin:/bin` };
  return execFileSync('sh', ['-c', command], { env }).toString('utf8').trimEnd().split('\n');
}

test('there is none without a domain', () => {
  expect(cronLine([], { intervalMinutes: 60, expiryDays: 14 }, PLAIN)).toBeNull();
});

test('a shell finds in it what the window does', () => {
  const { command, line } = made(['example.org', 'example.net'], 360, {
    lab: true,
    resolver: '192.0.2.53#5353',
    proxy: 'socks5://h:1080',
    ehloName: 'me.example',
    timeoutSeconds: 2.5,
    families: 'ipv6',
    smtp: false,
    allowPrivate: true,
  });
  expect(shellWords(command)).toEqual([
    ...['check', '--since', join(home, '.dane-inspector-watch.json'), '--expiry-days', '14'],
    ...['--lab', '--resolver', '192.0.2.53#5353', '--proxy', 'socks5://h:1080'],
    ...['--ehlo', 'me.example', '--timeout', '2.5', '--ipv6', '--no-smtp', '--allow-private'],
    ...['example.org', 'example.net'],
  ]);
  expect(line.endsWith(command)).toBe(true);
});

test('whatever a setting holds, it is one word, and a percent sign ends no command', () => {
  const ehloName = `a'b; $(touch /tmp/x) %d`;
  const { command, line } = made(['example.org'], 360, { ehloName });
  expect(shellWords(command)).toContain(ehloName);
  expect(line).not.toMatch(/(?<!\\)%/);
  expect(line.replaceAll('\\%', '%').endsWith(command)).toBe(true);
});

test('too many domains for a line come from a file, and all of them arrive', () => {
  const domains = Array.from({ length: 200 }, (_, index) => `domain-${index}.example.org`);
  const { line, command, list } = made(domains);
  expect(line.length).toBeLessThan(998);
  expect(command).toMatch(/^xargs dane-inspector .* < "\$HOME\/\.dane-inspector-domains"$/);
  writeFileSync(join(home, LIST_FILE), list ?? '');
  expect(shellWords(command).slice(-200)).toEqual(domains);
});

/** Which minutes of a week, from Sunday 00:00 on, the five fields name (crontab(5)). */
function minutesOf(line: string): readonly number[] {
  const [minute = '', hour = '', , , weekday = ''] = line.split(' ');
  const named = (field: string, most: number): readonly number[] => {
    const range = /^(\d+)-(\d+)\/(\d+)$/.exec(field);
    if (range === null) {
      return field === '*' ? Array.from({ length: most }, (_, index) => index) : [Number(field)];
    }
    const [from, to, step] = range.slice(1).map(Number);
    const all = Array.from({ length: most }, (_, index) => index);
    return all.filter(
      (at) => at >= (from ?? 0) && at <= (to ?? 0) && (at - (from ?? 0)) % (step ?? 1) === 0,
    );
  };
  return named(weekday, 7).flatMap((day) =>
    named(hour, 24).flatMap((at) => named(minute, 60).map((past) => (day * 24 + at) * 60 + past)),
  );
}

describe('the schedule', () => {
  const WEEK = 7 * 24 * 60;

  test('comes round in equal steps, also over midnight and the week’s end, and no more often than was wished up to a day', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: WEEK }),
        fc.array(fc.constantFrom('a.example', 'b.example', 'c.example'), {
          minLength: 1,
          maxLength: 4,
        }),
        (interval, domains) => {
          const { line, everyMinutes } = made(domains, interval);
          const minutes = minutesOf(line);
          const steps = minutes.map(
            (at, index) => (minutes[index + 1] ?? (minutes[0] ?? 0) + WEEK) - at,
          );
          expect(new Set(steps)).toEqual(new Set([everyMinutes]));
          if (interval <= 1440) expect(everyMinutes).toBeGreaterThanOrEqual(interval);
        },
      ),
    );
  });

  test('is exactly what was wished, where cron can say it', () => {
    for (const interval of [5, 15, 30, 60, 120, 180, 360, 720, 1440, WEEK]) {
      expect(made(['example.org'], interval).everyMinutes).toBe(interval);
    }
    expect(made(['example.org'], 2880).everyMinutes).toBe(1440);
  });
});
