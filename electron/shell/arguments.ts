/** The command line of the window: `[--lab] [options] [DOMAIN | FILE…]`, as in the contract of `check`. */
import { parseArgs } from 'node:util';

export interface Arguments {
  /** Look-ups go to the built-in lab. */
  readonly lab: boolean;
  /** Inspected at once. */
  readonly domain: string | null;
  /** Files and folders to open, as written. */
  readonly files: readonly string[];
  readonly rootHints: string | null;
  readonly trustAnchor: string | null;
  readonly resolver: string | null;
  readonly dnsPort: number | null;
  readonly smtpPort: number | null;
  readonly timeoutSeconds: number | null;
  readonly allowPrivate: boolean;
  /** What could not be understood, one plain sentence; null when all was. */
  readonly problem: string | null;
}

const MAX_PORT = 65_535;

/**
 * `given` is without the program itself; Chromium's own switches among it are left alone. A word that
 * names something on the disk, or is written as only a path can be, is that; all others are domains.
 */
export function readArguments(
  given: readonly string[],
  appFolder: string,
  onDisk: (word: string) => 'file' | 'folder' | null = () => null,
): Arguments {
  const { values, positionals } = parseArgs({
    args: [...given],
    strict: false,
    allowPositionals: true,
    options: {
      lab: { type: 'boolean' },
      'allow-private': { type: 'boolean' },
      'root-hints': { type: 'string' },
      'trust-anchor': { type: 'string' },
      resolver: { type: 'string' },
      'dns-port': { type: 'string' },
      'smtp-port': { type: 'string' },
      timeout: { type: 'string' },
    },
  });
  const problems: string[] = [];
  const text = (name: string): string | null => {
    const value = values[name];
    if (value === undefined || (typeof value === 'string' && value !== '')) return value ?? null;
    problems.push(`--${name} needs a value.`);
    return null;
  };
  const number = (name: string, most: number): number | null => {
    const value = text(name);
    if (value === null) return null;
    const parsed = Number(value);
    if (parsed > 0 && parsed <= most) return parsed;
    problems.push(`--${name} needs a number up to ${most}, not “${value}”.`);
    return null;
  };
  const words = positionals.filter((word) => !isAppFolder(word, appFolder));
  // A folder may bear the name of a domain: it is one only where a path is written.
  const isPath = (word: string): boolean =>
    ONLY_PATH.test(word) ||
    onDisk(word) === 'file' ||
    (/[/\\]/.test(word) && onDisk(word) === 'folder');
  return {
    lab: values['lab'] === true,
    domain: words.find((word) => !isPath(word)) ?? null,
    files: words.filter(isPath),
    rootHints: text('root-hints'),
    trustAnchor: text('trust-anchor'),
    resolver: text('resolver'),
    dnsPort: number('dns-port', MAX_PORT),
    smtpPort: number('smtp-port', MAX_PORT),
    timeoutSeconds: number('timeout', MAX_TIMEOUT_SECONDS),
    allowPrivate: values['allow-private'] === true,
    problem: problems.length === 0 ? null : problems.join(' '),
  };
}

/** A file that is gone must be told, and its name must not be asked for in DNS. */
const ONLY_PATH = /^(?:\.{0,2}[/\\]|[a-z]:[/\\]|file:)/i;

/** Seconds; longer than any answer is worth waiting for. */
const MAX_TIMEOUT_SECONDS = 60;

/** In a checkout Electron is told the folder of the app before the app's own arguments. */
function isAppFolder(word: string, appFolder: string): boolean {
  return word === '.' || word === appFolder || word === `${appFolder}/`;
}
