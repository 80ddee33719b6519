/** The line of a crontab that watches the same domains without a window (crontab(5)). */
import { shellWord } from '../findings/safe-text.ts';
import type { WatchSettings } from './watched.ts';

/** How the window asks, as far as a command line can say it. */
export interface AskingOptions {
  readonly lab: boolean;
  readonly resolver: string;
  readonly proxy: string;
  readonly ehloName: string;
  readonly timeoutSeconds: number;
  readonly families: 'both' | 'ipv4' | 'ipv6';
  readonly smtp: boolean;
  readonly allowPrivate: boolean;
  /** The window goes by root hints or trust anchors of its own, which the line can only take from a file. */
  readonly ownRoot: boolean;
}

export interface CronLine {
  /** Schedule and command, to paste into a crontab. */
  readonly line: string;
  /** The command as a shell takes it. */
  readonly command: string;
  /** Minutes between two runs: cron cannot say every interval. */
  readonly everyMinutes: number;
  /** What to save under `LIST_FILE` where the domains are too many for one line; null where they stand in it. */
  readonly list: string | null;
}

/** Needs no folder that may not be there; cron sets HOME. */
const STATE_FILE = '"$HOME/.dane-inspector-watch.json"';
export const LIST_FILE = '.dane-inspector-domains';

/** Characters: some crons take commands of up to a thousand, and a folder may have to be put before this one. */
const MAX_COMMAND_CHARACTERS = 800;

/** `domains` are names in A-labels; null for none. */
export function cronLine(
  domains: readonly string[],
  settings: Pick<WatchSettings, 'intervalMinutes' | 'expiryDays'>,
  asking: AskingOptions,
): CronLine | null {
  if (domains.length === 0) return null;
  const check = [
    'dane-inspector check --since',
    STATE_FILE,
    `--expiry-days ${settings.expiryDays}`,
    ...askingWords(asking),
  ].join(' ');
  const inLine = `${check} ${domains.map(shellWord).join(' ')}`;
  const fits = inLine.length <= MAX_COMMAND_CHARACTERS;
  const command = fits ? inLine : `xargs ${check} < "$HOME/${LIST_FILE}"`;
  const { fields, everyMinutes } = scheduleOf(settings.intervalMinutes, domains);
  return {
    // crontab(5): an unescaped percent sign ends the command.
    line: `${fields} ${command.replaceAll('%', String.raw`\%`)}`,
    command,
    everyMinutes,
    list: fits ? null : `${domains.join('\n')}\n`,
  };
}

/** As in the command line's own defaults: what is so there need not be said. */
const DEFAULT_TIMEOUT_SECONDS = 5;

function askingWords(asking: AskingOptions): readonly string[] {
  const named: readonly (readonly [string, string])[] = [
    ['--resolver', asking.resolver],
    ['--proxy', asking.proxy],
    ['--ehlo', asking.ehloName],
  ];
  return [
    ...(asking.lab ? ['--lab'] : []),
    ...named.flatMap(([option, value]) => (value === '' ? [] : [option, shellWord(value)])),
    ...(asking.timeoutSeconds === DEFAULT_TIMEOUT_SECONDS
      ? []
      : [`--timeout ${asking.timeoutSeconds}`]),
    ...(asking.families === 'both' ? [] : [`--${asking.families}`]),
    ...(asking.smtp ? [] : ['--no-smtp']),
    ...(asking.allowPrivate ? ['--allow-private'] : []),
    ...(asking.ownRoot ? ['--root-hints FILE --trust-anchor FILE'] : []),
  ];
}

const HOUR = 60;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** Minutes that divide an hour, and hours that divide a day: steps in a crontab begin anew there. */
const STEPS_MINUTES = [5, 6, 10, 12, 15, 20, 30];
const STEPS_HOURS = [1, 2, 3, 4, 6, 8, 12];

/** The next longer interval that cron knows; daily up to a week. The minute follows from the list, for not everybody should ask at the full hour. */
function scheduleOf(
  intervalMinutes: number,
  domains: readonly string[],
): { readonly fields: string; readonly everyMinutes: number } {
  const place = placeOf(domains);
  const minutes = STEPS_MINUTES.find((step) => step >= intervalMinutes);
  if (minutes !== undefined) {
    return { fields: `${place % minutes}-59/${minutes} * * * *`, everyMinutes: minutes };
  }
  const minute = place % HOUR;
  const hours = STEPS_HOURS.find((step) => step * HOUR >= intervalMinutes);
  if (hours === 1) return { fields: `${minute} * * * *`, everyMinutes: HOUR };
  if (hours !== undefined) {
    return {
      fields: `${minute} ${place % hours}-23/${hours} * * *`,
      everyMinutes: hours * HOUR,
    };
  }
  const hour = place % 24;
  return intervalMinutes < WEEK
    ? { fields: `${minute} ${hour} * * *`, everyMinutes: DAY }
    : { fields: `${minute} ${hour} * * ${place % 7}`, everyMinutes: WEEK };
}

/** The same for the same list, and spread over all lists. */
function placeOf(domains: readonly string[]): number {
  let place = 0;
  for (const character of domains.join()) {
    place = (place * 31 + (character.codePointAt(0) ?? 0)) % LARGE_PRIME;
  }
  return place;
}

const LARGE_PRIME = 1_000_003;
