/** `lab`: what the built-in lab has to show, and with `--outbound` the test of a sender (docs/outbound.md). */
import { Option, type Command } from 'commander';
import { listLabDomains } from '../compose.ts';
import type { ExitCode } from './exit-code.ts';
import {
  ALGORITHM_CHOICES,
  onlyWithOutbound,
  readAlgorithm,
  readSilence,
  takeAddresses,
  takeBase,
  takeNameServer,
  toOutboundRequest,
  type LabOptions,
} from './lab-options.ts';
import { writeOutboundKit } from './lab-kit.ts';
import { runOutboundTest } from './lab-outbound.ts';
import { SETTINGS_HELP, takeSettings } from './lab-settings.ts';
import { takeMapping, takeWeb } from './lab-public.ts';
import { readPort, UsageError } from './options.ts';
import type { Terminal } from './terminal.ts';

export function addLabCommand(
  program: Command,
  terminal: Terminal,
  signal: AbortSignal,
  end: (code: ExitCode) => void,
): void {
  program
    .command('lab')
    .description('the built-in lab: its domains; with --outbound the test of a sender of mail')
    .option('--outbound', 'does a mail server check DANE? serves until Ctrl-C')
    .option('--base <name>', 'the domain of the test (default: havedane.test)', takeBase)
    .option('--dns <ip#port>', 'of its name server (default: 127.25.0.53#5300)', takeNameServer)
    .option(
      '--addresses <list>',
      'of its mail servers: addresses and ranges (default: 127.25.0.1-127.25.0.20)',
      takeAddresses,
    )
    .option('--smtp-port <n>', 'the port that senders connect to (default: 25)', readPort)
    .option('--listen-port <n>', 'where it listens, if something leads mail there', readPort)
    .addOption(
      new Option('--algorithm <name>', `of the zone’s key: ${ALGORITHM_CHOICES}`).argParser(
        readAlgorithm,
      ),
    )
    .option('--state <file>', 'keeps key and test over a restart; what was seen goes after a day')
    .option('--timeout <seconds>', 'after which silence counts (default: 600)', readSilence)
    .option('--public <name>', 'for others too, under a domain of your own', takeBase)
    .option('--yes-public', 'yes: other machines shall reach it')
    .option('--nat <pairs>', 'PUBLIC=OWN,…: published, and what this machine has', takeMapping)
    .option('--web <ip#port>', 'page for visitors, or none (with --public: port 80)', takeWeb)
    .option('--kit <folder>', 'with --public: writes what a server needs, and ends')
    .option('--settings <names>', SETTINGS_HELP, takeSettings)
    .option(
      '--check-resolver [ip#port]',
      'is it ready? without one: those of this machine',
      takeNameServer,
    )
    .option(
      '--report <file>',
      'write one at the end: .html, .md, .csv, .json (repeatable)',
      collect,
    )
    .option('--once', 'end with the verdict, and tell it by the exit code')
    .option('--json', 'print JSON, and nothing else, on stdout')
    .action(async (options: LabOptions) => {
      const { outbound, json } = options;
      if (outbound === true) {
        const version = program.version() ?? 'unknown';
        const request = toOutboundRequest(options);
        if (options.kit !== undefined) end(await writeOutboundKit(request, options.kit, terminal));
        else end(await runOutboundTest(request, version, terminal, signal));
        return;
      }
      const astray = onlyWithOutbound(options);
      if (astray !== null) throw new UsageError(`${astray} goes with --outbound.`);
      end(await listLab(json === true, terminal));
    });
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

async function listLab(json: boolean, terminal: Terminal): Promise<ExitCode> {
  const domains = await listLabDomains();
  if (json) {
    const listed = domains.map(({ name, description, outcome, findings }) => ({
      name,
      description,
      outcome,
      findings,
    }));
    terminal.out(JSON.stringify(listed));
    return 0;
  }
  const width = Math.max(...domains.map(({ name }) => name.length));
  for (const { name, description } of domains)
    terminal.out(`${name.padEnd(width)}  ${description}`);
  terminal.out(
    [
      '',
      'They live inside this program, and are there whenever it runs. Check one, or all of them:',
      '  dane-inspector check --lab stale.lab',
      '  dane-inspector check --lab',
      'Or see whether a mail server of yours checks DANE:',
      '  dane-inspector lab --outbound',
    ].join('\n'),
  );
  return 0;
}
