/** The command line's entry: streams, Ctrl-C, exit code; nothing else knows of the process. */
import { setMaxListeners } from 'node:events';
import packageText from '../../package.json?raw';
import { STOPPED, USAGE_ERROR } from './exit-code.ts';
import { runProgram } from './program.ts';
import { createTerminal } from './terminal.ts';

const terminal = createTerminal({
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
});
const controller = new AbortController();
// Every domain and question listens to it; Node would take eleven for a leak.
setMaxListeners(0, controller.signal);
let asked = false;

function stop(): void {
  // The second time a person means it.
  if (asked) process.exit(STOPPED);
  asked = true;
  controller.abort(new Error('stopped'));
}
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
// A reader that has seen enough (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

void main();

async function main(): Promise<void> {
  try {
    const version = readVersion(packageText);
    process.exitCode = await runProgram(
      process.argv.slice(2),
      version,
      terminal,
      controller.signal,
    );
  } catch (error) {
    terminal.progress?.(null);
    if (controller.signal.aborted) {
      terminal.err('Stopped.');
      process.exitCode = STOPPED;
    } else {
      terminal.err(`Something went wrong inside the program: ${describe(error)}`);
      process.exitCode = USAGE_ERROR;
    }
  }
}

/** The stack is for whoever mends the program, not for whoever runs it. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const debugging = process.env['DANE_INSPECTOR_DEBUG'] !== undefined;
  return debugging ? (error.stack ?? error.message) : error.message;
}

function readVersion(text: string): string {
  return /"version":\s*"([^"]+)"/.exec(text)?.[1] ?? 'unknown';
}
