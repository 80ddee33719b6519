// Runs tools to their end and servers until they are stopped, always by process id.
import { execFile, spawn } from 'node:child_process';
import { openSync, closeSync, readFileSync } from 'node:fs';

/** Debian keeps servers' tools where a plain user's PATH does not look. */
const SEARCH_PATH = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;

/** A process id with its start time in clock ticks: together they never mean another process (proc(5), field 22). */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startTime: string;
}

/** Runs a tool and gives its standard output; a failing tool is told with what it printed. */
export function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      command,
      [...args],
      { ...options, env: { ...process.env, PATH: SEARCH_PATH }, maxBuffer: 16 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else
          reject(new Error(`${command} ${args.join(' ')}: ${stderr || stdout || error.message}`));
      },
    );
  });
}

/** Starts a server in a process group of its own, so that Ctrl-C reaches only the universe, which stops it in order. */
export function startServer(
  command: string,
  args: readonly string[],
  logFile: string,
): ProcessIdentity {
  const log = openSync(logFile, 'a');
  const child = spawn(command, [...args], { detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  child.on('error', () => undefined);
  child.unref();
  if (child.pid === undefined) throw new Error(`cannot start ${command}: is it installed?`);
  return identify(child.pid) ?? { pid: child.pid, startTime: '' };
}

export function identify(pid: number): ProcessIdentity | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // Fields are counted from the state, which is field 3; a zombie has ended already.
    return fields[0] === 'Z' ? null : { pid, startTime: fields[19] ?? '' };
  } catch {
    return null;
  }
}

export function isAlive(process_: ProcessIdentity): boolean {
  return identify(process_.pid)?.startTime === process_.startTime;
}

/** Asks the process to end, and after two seconds makes it. */
export async function stopProcess(process_: ProcessIdentity): Promise<void> {
  if (!isAlive(process_)) return;
  signal(process_, 'SIGTERM');
  if (await settled(() => !isAlive(process_), 2_000)) return;
  signal(process_, 'SIGKILL');
  await settled(() => !isAlive(process_), 2_000);
}

/** Waits until the condition holds; false when the time (ms) is over first. */
export async function settled(
  condition: () => boolean | Promise<boolean>,
  milliseconds: number,
): Promise<boolean> {
  const end = Date.now() + milliseconds;
  for (;;) {
    if (await condition()) return true;
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Runs the work over all items, so many at once. */
export async function eachOf<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

function signal(process_: ProcessIdentity, name: NodeJS.Signals): void {
  try {
    process.kill(process_.pid, name);
  } catch {
    // It ended between the look and the signal.
  }
}
