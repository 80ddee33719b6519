/** The command line's entry: streams, Ctrl-C, exit code; nothing else knows of the process. */
import 'reflect-metadata';
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

runProgram(process.argv.slice(2), readVersion(packageText), terminal, controller.signal).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    terminal.progress?.(null);
    if (controller.signal.aborted) {
      terminal.err('Stopped.');
      process.exitCode = STOPPED;
      return;
    }
    terminal.err(
      `Something went wrong inside the program: ${error instanceof Error ? error.message : String(error)}`,
    );
    if (process.env['DANE_INSPECTOR_DEBUG'] !== undefined)
      terminal.err(String((error as Error).stack));
    process.exitCode = USAGE_ERROR;
  },
);

function readVersion(text: string): string {
  return /"version":\s*"([^"]+)"/.exec(text)?.[1] ?? 'unknown';
}
