/** The commands and options of the command line; what they do is in a file each. */
import { Command, CommanderError, Help, type Option } from 'commander';
import { printable } from '../../shared/findings/safe-text.ts';
import { addCheckCommand } from './check-command.ts';
import { USAGE_ERROR, type ExitCode } from './exit-code.ts';
import { addHookCommand } from './hook.ts';
import { addLabCommand } from './lab.ts';
import {
  addSharedOptions,
  readInstant,
  toCoreOptions,
  UsageError,
  type SharedOptions,
} from './options.ts';
import { resolve } from './resolve.ts';
import type { Terminal } from './terminal.ts';
import { addTlsaCommand } from './tlsa.ts';
import { addRolloverCommand } from './rollover.ts';
import { verify, type VerifyOptions } from './verify.ts';

/** Runs one command line; `args` without node and script. Never throws but for bugs and abort. */
export async function runProgram(
  args: readonly string[],
  version: string,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const program = createProgram(version, terminal, signal, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    // Help and version end by way of an error too, with exit code 0; the rest commander has told already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE_ERROR;
    if (!(error instanceof UsageError)) throw error;
    // It may quote a file, whose text may come from anywhere.
    terminal.err(printable(error.message));
    return USAGE_ERROR;
  }
}

function createProgram(
  version: string,
  terminal: Terminal,
  signal: AbortSignal,
  end: (code: ExitCode) => void,
): Command {
  const program = new Command('dane-inspector')
    .description('Shows what a DANE-validating sender would do with a domain’s mail, and why.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
      outputError: (text, write) => write(text.replace(/^error: /, '')),
    })
    .configureHelp({ optionDescription: describeOption })
    .showSuggestionAfterError()
    .helpCommand(false);

  addCheckCommand(program, version, terminal, signal, end);

  addSharedOptions(
    program
      .command('resolve')
      .description('one validated look-up')
      .argument('<name>')
      .argument('<type>', 'a record type, such as MX, TLSA or TYPE52'),
  ).action(async (name: string, type: string, options: SharedOptions) => {
    const core = await toCoreOptions({ ...options, smtp: false }, version);
    const request = { name, type, core, lab: options.lab === true, json: options.json === true };
    end(await resolve(request, terminal, signal));
  });

  program
    .command('verify')
    .description('offline: does a saved chain satisfy these TLSA records?')
    .requiredOption('--host <name>', 'the TLSA base domain: the MX host')
    .option('--domain <name>', 'the mail domain, also accepted as a name in the certificate')
    .requiredOption('--chain <file>', 'PEM, the server’s certificate first')
    .requiredOption('--tlsa <record>', '"USAGE SELECTOR MATCHING HEX" (repeatable)', collect)
    .option('--at <instant>', 'judge as of then (default: now)', readInstant, null)
    .option('--json', 'print JSON, and nothing else, on stdout')
    .action(async (options: VerifyOptions) => end(await verify(options, terminal)));

  addLabCommand(program, terminal, signal, end);
  addTlsaCommand(program, terminal, end);

  addRolloverCommand(program, version, terminal, signal, end);
  addHookCommand(program, terminal, end);
  return program;
}

/** An empty list, or nothing, is a default that tells a person nothing. */
function describeOption(option: Option): string {
  return new Help().optionDescription(option).replace(/ \(default: (?:\[\]|null)\)$/, '');
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
