/** `hook`: the shell script that keeps TLSA records in step with an ACME client's certificates (docs/hooks.md). */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { addressFromText } from '../../shared/dns/address.ts';
import {
  HOOK_CLIENTS,
  HOOK_DNS,
  writeHook,
  type HookClient,
  type HookDns,
} from '../../shared/hooks/write-hook.ts';
import type { ExitCode } from './exit-code.ts';
import { readPort, UsageError } from './options.ts';
import type { Terminal } from './terminal.ts';
import { readHostName } from './tlsa.ts';

interface HookOptions {
  readonly client: HookClient;
  readonly dns: HookDns;
  readonly host: readonly string[];
  readonly port: readonly number[];
  readonly zone?: string;
  readonly ttl: number;
  readonly folder: string;
  readonly reload: string;
  readonly nameServer: readonly string[];
  readonly json?: boolean;
}

export function addHookCommand(
  program: Command,
  terminal: Terminal,
  end: (code: ExitCode) => void,
): void {
  program
    .command('hook')
    .description('a shell script for an ACME client that publishes TLSA records before it installs')
    .addOption(
      new Option('--client <name>', 'the ACME client').choices(HOOK_CLIENTS).makeOptionMandatory(),
    )
    .addOption(
      new Option('--dns <name>', 'how the zone is changed').choices(HOOK_DNS).makeOptionMandatory(),
    )
    .requiredOption('--host <name>', 'the mail host (repeatable)', collect)
    .option('--port <n>', 'port of the service (repeatable; default: 25)', collectPorts, [])
    .option('--zone <name>', 'the zone that holds the host (default: the script asks DNS)')
    .option('--ttl <seconds>', 'time to live of a first record', readTtl, DEFAULT_TTL)
    .option('--folder <path>', 'where the mail server is to read from', DEFAULT_FOLDER)
    .option('--reload <command>', 'makes the mail server read it again', DEFAULT_RELOAD)
    .option(
      '--name-server <ip[#port]>',
      'one to watch (repeatable; default: those of the zone)',
      collectAddress,
      [],
    )
    .option('--json', 'print JSON, and nothing else, on stdout')
    .action((options: HookOptions) => end(hook(options, terminal)));
}

const DEFAULT_TTL = 3600;
const DEFAULT_FOLDER = '/etc/dane-hook';
const DEFAULT_RELOAD = 'systemctl reload postfix';

function hook(options: HookOptions, terminal: Terminal): ExitCode {
  const { client, dns, ttl, folder, reload, nameServer, json } = options;
  if (!folder.startsWith('/')) throw new UsageError('--folder: it takes a whole path.');
  if (reload.trim() === '') throw new UsageError('--reload: it takes a command.');
  const ports = options.port.length === 0 ? [DEFAULT_PORT] : options.port;
  const hosts = options.host.map((host) => readHostName('--host', host));
  const script = writeHook({
    client,
    dns,
    places: hosts.flatMap((host) => ports.map((port) => ({ host, port }))),
    zone: options.zone === undefined ? null : readHostName('--zone', options.zone),
    ttl,
    folder,
    reload,
    nameServers: nameServer.length === 0 ? null : nameServer,
  });
  terminal.out(json === true ? JSON.stringify({ client, dns, script }) : script.trimEnd());
  return 0;
}

/** SMTP between servers. */
const DEFAULT_PORT = 25;

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function collectPorts(value: string, before: readonly number[]): readonly number[] {
  return [...before, readPort(value)];
}

function collectAddress(value: string, before: readonly string[]): readonly string[] {
  const [address = '', port] = value.split('#');
  if (addressFromText(address) === null || value.split('#').length > 2) {
    throw new InvalidArgumentError('It takes an address, or address#port.');
  }
  if (port !== undefined) readPort(port);
  return [...before, value];
}

/** Seconds: RFC 2181 §8 allows more, no resolver keeps anything for longer than a week. */
const MAX_TTL = 604_800;

function readTtl(value: string): number {
  if (!/^\d{1,6}$/.test(value) || Number(value) < 1 || Number(value) > MAX_TTL) {
    throw new InvalidArgumentError(`It takes seconds, 1 to ${MAX_TTL}.`);
  }
  return Number(value);
}
