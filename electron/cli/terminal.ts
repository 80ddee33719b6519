/** Where the command line writes: stdout for results, stderr for everything else; colour only for a person. */

export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly paint: Paint;
  /** Columns that text is wrapped to. */
  readonly width: number;
  /** Null when nobody watches stderr. */
  readonly progress: ((step: string | null) => void) | null;
}

export type Tone = 'good' | 'warning' | 'bad' | 'quiet' | 'strong';
export type Paint = (tone: Tone, text: string) => string;

export interface Streams {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

interface Stream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export function createTerminal({ stdout, stderr, environment }: Streams): Terminal {
  const colour = stdout.isTTY === true && wantsColour(environment);
  return {
    out: (text) => void stdout.write(`${text}\n`),
    err: (text) => void stderr.write(`${text}\n`),
    paint: (tone, text) => (colour ? `\u001b[${CODES[tone]}m${text}\u001b[0m` : text),
    width: Math.min(Math.max(stdout.columns ?? MAX_WIDTH, MIN_WIDTH), MAX_WIDTH),
    progress: stderr.isTTY === true ? (step) => void stderr.write(progressLine(step)) : null,
  };
}

/** Lines longer than this are hard to read, however wide the terminal. */
const MAX_WIDTH = 100;
const MIN_WIDTH = 40;

/** SGR parameters that are readable on light and dark backgrounds. */
const CODES: Readonly<Record<Tone, string>> = {
  good: '32',
  warning: '33',
  bad: '31',
  quiet: '2',
  strong: '1',
};

/** https://no-color.org: set and not empty means no. */
function wantsColour(environment: Streams['environment']): boolean {
  return (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb';
}

/** One line that is written over; null clears it. */
function progressLine(step: string | null): string {
  return `\r\u001b[K${step === null ? '' : step.slice(0, MAX_PROGRESS)}`;
}

const MAX_PROGRESS = 78;
