/** The command line of the window: `[--lab] [options] [DOMAIN | LINK | FILE…]`, as in the contract of `check`. */
import { parseArgs } from 'node:util';
import { printable } from '../../shared/findings/safe-text.ts';
import { PREFERENCE_LIMITS } from '../../shared/ipc/default-preferences.ts';
import { isLink } from './outside-domain.ts';

export interface Arguments {
  /** Look-ups go to the built-in lab. */
  readonly lab: boolean;
  /** Inspected at once. */
  readonly domain: string | null;
  /** `dane-inspector://…` as the desktop hands it over; nothing that stands after it is read. */
  readonly link: string | null;
  /** Files and folders to open, as written. */
  readonly files: readonly string[];
  readonly options: Options;
  /** What this program does not know; Chromium may. */
  readonly unknown: readonly string[];
  /** What could not be understood, one plain sentence; null when all was. */
  readonly problem: string | null;
}

/** Null, and false: not given. */
export interface Options {
  readonly rootHints: string | null;
  readonly trustAnchor: string | null;
  readonly resolver: string | null;
  readonly dnsPort: number | null;
  readonly smtpPort: number | null;
  readonly timeoutSeconds: number | null;
  readonly proxy: string | null;
  readonly ehloName: string | null;
  readonly maxConnections: number | null;
  readonly allowPrivate: boolean;
  readonly ipv4: boolean;
  readonly ipv6: boolean;
  readonly noSmtp: boolean;
}

const MAX_PORT = 65_535;

const KNOWN = {
  lab: { type: 'boolean' },
  'allow-private': { type: 'boolean' },
  ipv4: { type: 'boolean' },
  ipv6: { type: 'boolean' },
  'no-smtp': { type: 'boolean' },
  'root-hints': { type: 'string' },
  'trust-anchor': { type: 'string' },
  resolver: { type: 'string' },
  'dns-port': { type: 'string' },
  'smtp-port': { type: 'string' },
  timeout: { type: 'string' },
  proxy: { type: 'string' },
  ehlo: { type: 'string' },
  'max-connections': { type: 'string' },
} as const;

/**
 * `given` is without the program itself; Chromium's own switches among it are left alone. A word that
 * names something on the disk, or is written as only a path can be, is that; all others are domains.
 */
export function readArguments(
  given: readonly string[],
  appFolder: string,
  onDisk: (word: string) => 'file' | 'folder' | null = () => null,
): Arguments {
  const linkAt = given.findIndex(isLink);
  // Where a desktop puts a link into a command line badly, what follows is the link's own text.
  const args = linkAt === -1 ? [...given] : given.slice(0, linkAt);
  const { values, positionals } = parseArgs({
    args,
    strict: false,
    allowPositionals: true,
    options: KNOWN,
  });
  const { text, number, isSet, problems } = reader(values);
  const words = positionals.filter((word) => !isAppFolder(word, appFolder));
  // A folder may bear the name of a domain: it is one only where a path is written.
  const isPath = (word: string): boolean =>
    ONLY_PATH.test(word) ||
    onDisk(word) === 'file' ||
    (/[/\\]/.test(word) && onDisk(word) === 'folder');
  const options: Options = {
    rootHints: text('root-hints'),
    trustAnchor: text('trust-anchor'),
    resolver: text('resolver'),
    dnsPort: number('dns-port', MAX_PORT),
    smtpPort: number('smtp-port', MAX_PORT),
    timeoutSeconds: number('timeout', PREFERENCE_LIMITS.timeoutSeconds),
    proxy: text('proxy'),
    ehloName: text('ehlo'),
    maxConnections: number('max-connections', PREFERENCE_LIMITS.connections),
    allowPrivate: isSet('allow-private'),
    ipv4: isSet('ipv4'),
    ipv6: isSet('ipv6'),
    noSmtp: isSet('no-smtp'),
  };
  const lab = isSet('lab');
  if (options.ipv4 && options.ipv6) problems.push('--ipv4 and --ipv6 exclude each other.');
  return {
    lab,
    domain: words.find((word) => !isPath(word)) ?? null,
    link: given[linkAt] ?? null,
    files: words.filter(isPath),
    options,
    unknown: unknownOptions(Object.keys(values)),
    problem: problems.length === 0 ? null : problems.join(' '),
  };
}

interface Reader {
  readonly text: (name: string) => string | null;
  readonly number: (name: string, most: number) => number | null;
  readonly isSet: (name: string) => boolean;
  /** Filled while options are read. */
  readonly problems: string[];
}

function reader(values: Readonly<Record<string, unknown>>): Reader {
  const problems: string[] = [];
  const text = (name: string): string | null => {
    const value = values[name];
    if (value === undefined) return null;
    if (typeof value === 'string' && value !== '') return value;
    problems.push(`--${name} needs a value.`);
    return null;
  };
  return {
    problems,
    text,
    number: (name, most) => {
      const value = text(name);
      if (value === null) return null;
      const parsed = Number(value);
      const whole = name === 'timeout' || Number.isInteger(parsed);
      if (whole && parsed > 0 && parsed <= most) return parsed;
      problems.push(`--${name} needs a number up to ${most}, not “${printable(value)}”.`);
      return null;
    },
    isSet: (name) => {
      if (typeof values[name] === 'string') problems.push(`--${name} takes no value.`);
      return values[name] === true;
    },
  };
}

/** True where the person chose how this start asks: it is for a window of its own. */
export function hasOptions({ lab, options, problem }: Arguments): boolean {
  const chosen = Object.values(options).some((value) => value !== null && value !== false);
  return lab || chosen || problem !== null;
}

function unknownOptions(names: readonly string[]): readonly string[] {
  return names
    .filter((name) => !Object.hasOwn(KNOWN, name) && !CHROMIUM.test(name))
    .slice(0, MAX_UNKNOWN)
    .map((name) => printable(`${name.length > 1 ? '--' : '-'}${name}`).slice(0, MAX_SHOWN));
}

/** Told at a time. */
const MAX_UNKNOWN = 5;
/** Characters. */
const MAX_SHOWN = 60;

/** Switches that people, desktops and tests give to Electron (its “Supported Command Line Switches”) and to Chromium. */
const CHROMIUM =
  /^(?:(?:enable|disable|force|use|ozone|gtk|remote-debugging|inspect|log|trace|ignore|proxy|auth|host|js|high-dpi|touch|no-(?:sandbox|zygote|first-run|proxy-server|default-browser-check|xshm))\b.*|user-data-dir|lang|v|vmodule|password-store|headless|class|name|in-process-gpu|allow-file-access-from-files|original-process-start-time|r|require|psn_\d.*)$/;

/** A file that is gone must be told, and its name must not be asked for in DNS. */
const ONLY_PATH = /^(?:\.{0,2}[/\\]|[a-z]:[/\\]|file:)/i;

/** In a checkout Electron is told the folder of the app before the app's own arguments. */
function isAppFolder(word: string, appFolder: string): boolean {
  return word === '.' || word === appFolder || word === `${appFolder}/`;
}
