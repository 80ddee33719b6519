// Runs the command line inside the test, with streams that remember what was written.
import { runProgram } from '../../../../electron/cli/program.ts';
import { createTerminal } from '../../../../electron/cli/terminal.ts';

export interface Run {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Setting {
  readonly terminal?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  readonly columns?: number;
}

export async function run(
  args: readonly string[],
  { terminal: isTTY = false, environment = {}, columns = 100 }: Setting = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<Run> {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = createTerminal({
    stdout: { isTTY, columns, write: (text) => out.push(text) },
    stderr: { isTTY, columns, write: (text) => err.push(text) },
    environment,
  });
  const exit = await runProgram(args, '9.9.9', terminal, signal);
  return { exit, stdout: out.join(''), stderr: err.join('') };
}
