/** `lab --outbound --public NAME --kit FOLDER`: writes what a server needs to run the test, and opens no port. */
import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { printable } from '../../shared/findings/safe-text.ts';
import { ownAddress } from '../../shared/lab/address-mapping.ts';
import { kitDoubts } from '../../shared/lab/kit-doubts.ts';
import { KIT_MARK, type KitFacts, type KitFile } from '../../shared/lab/kit-facts.ts';
import { KIT_NAMES } from '../../shared/lab/kit-names.ts';
import { outboundKit } from '../../shared/lab/kit.ts';
import { DNS_PORT } from '../../shared/lab/place.ts';
import { planOutboundTest } from '../compose.ts';
import type { ExitCode } from './exit-code.ts';
import type { OutboundRequest } from './lab-options.ts';
import { serviceOptions } from './lab-public.ts';
import { OTHER_FILE } from './lab-trouble.ts';
import { systemReason, UsageError } from './options.ts';
import type { Terminal } from './terminal.ts';
import { wrap } from './wrap.ts';

/** What the service starts. */
export interface RunningProgram {
  /** Absolute: what runs the script, and the script. */
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** The AppImage that it runs from, whose files are there only while it runs. */
  readonly image: string | null;
}

export async function writeOutboundKit(
  request: OutboundRequest,
  folder: string,
  terminal: Terminal,
  program: RunningProgram = runningProgram(),
): Promise<ExitCode> {
  if (!request.open) throw new UsageError('--kit needs --public NAME, the domain that it is for.');
  if (request.dns.port !== DNS_PORT) {
    throw new UsageError(
      `--kit needs port ${DNS_PORT} for the name server: a delegation cannot tell another.`,
    );
  }
  const place = prepareFolder(folder);
  const statePath = resolve(request.statePath ?? join(place, KIT_NAMES.state));
  refuseOddPaths(program.command);
  const planned = await planOutboundTest({
    ...request,
    statePath,
    mailAddresses: request.addresses.addresses,
    webAddress: request.web?.address ?? null,
    listenOn: (published) => ownAddress(request.nat, published),
  });
  if (!planned.ok) throw new UsageError(`--kit: ${planned.message} ${OTHER_FILE}`);
  if (planned.notice !== null) terminal.err(printable(planned.notice));
  const { trustAnchor, zoneText, hosts, leftOut } = planned.plan;
  const facts: KitFacts = {
    ...request,
    ...{ trustAnchor, zoneText, statePath },
    addresses: [...new Set(hosts.map(({ address }) => address))],
    program: program.command,
    environment: program.environment,
    options: serviceOptions(request),
    doubts: kitDoubts({
      ...{ ...request, addresses: request.addresses.addresses, leftOut },
      ...{ platform: process.platform, image: program.image },
      program: program.command,
      hidden: program.command.filter((path) => !isForAll(path)),
    }),
  };
  const files = outboundKit(facts);
  await writeFiles(place, files);
  tell(place, statePath, files, facts, request.json, terminal);
  return 0;
}

function tell(
  place: string,
  statePath: string,
  files: readonly KitFile[],
  { base, trustAnchor, doubts }: KitFacts,
  json: boolean,
  { out, paint, width }: Terminal,
): void {
  const names = files.map(({ name }) => name);
  if (json) {
    const event = { event: 'kit', base, folder: place, files: names, state: statePath };
    out(JSON.stringify({ ...event, trustAnchor, doubts }));
    return;
  }
  out(paint('strong', `Kit for ${base}`));
  out(`Folder  ${place}`);
  out(`Files   ${names.join(' ')}`);
  out(`Keys    ${statePath}`);
  // Its TTL is for whoever publishes it to choose.
  out(`DS      ${trustAnchor.replace(/ \d+ IN /, ' IN ')}`);
  for (const doubt of doubts) out(wrap(doubt, width, ''));
  out(`Go on with ${join(place, KIT_NAMES.readme)}.`);
}

function runningProgram(): RunningProgram {
  const { execPath, argv, env, versions } = process;
  return {
    command: [execPath, realpathSync(argv[1] ?? '')],
    environment: versions['electron'] === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' },
    image: env['APPIMAGE'] ?? null,
  };
}

/** Paths of a unit are lines of text, and systemd starts nothing with quotes or backslashes in its path. */
function refuseOddPaths(paths: readonly string[]): void {
  const odd = paths.find(
    (path, place) => /\p{Cc}/u.test(path) || (place === 0 && /["'\\]/.test(path)),
  );
  if (odd !== undefined) {
    throw new UsageError(
      `--kit: ${printable(odd)} has characters that no service can be told of. Put the program elsewhere, below /opt, say.`,
    );
  }
}

function prepareFolder(folder: string): string {
  const place = resolve(folder);
  try {
    mkdirSync(place, { recursive: true });
    accessSync(place, constants.W_OK | constants.X_OK);
    return realpathSync(place);
  } catch (caught) {
    const error = refusalAbove(place) ?? caught;
    throw new UsageError(`--kit: ${place} cannot be written (${systemReason(error)}).`, {
      cause: error,
    });
  }
}

/** Of the folder that a new one would have to be made in: `mkdirSync` says of a disk that can only be read that nothing is there. */
function refusalAbove(place: string): unknown {
  let folder = place;
  while (!existsSync(folder) && folder !== dirname(folder)) folder = dirname(folder);
  try {
    if (statSync(folder).isDirectory()) accessSync(folder, constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    return error;
  }
}

/** All or none is refused before the first is written. */
async function writeFiles(place: string, files: readonly KitFile[]): Promise<void> {
  for (const { name } of files) {
    const path = join(place, name);
    if (!isOurs(path)) {
      throw new UsageError(`--kit: ${path} was not written by it, and is left as it is.`);
    }
  }
  for (const { name, text } of files) {
    const path = join(place, name);
    try {
      await writeFileAtomic(path, text);
    } catch (error) {
      throw new UsageError(`--kit: ${path} cannot be written (${systemReason(error)}).`, {
        cause: error,
      });
    }
  }
}

/** Not there, or begun as all of the kit’s are; a link may lead anywhere. */
function isOurs(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return true;
  if (!found.isFile()) return false;
  return (readFileSync(path, 'utf8').split('\n', 1)[0] ?? '').includes(KIT_MARK);
}

const READABLE_BY_ALL = 0o004;
const SEARCHABLE_BY_ALL = 0o001;

/** Whether the service, which is nobody that this machine knows, can read it. */
function isForAll(path: string): boolean {
  try {
    let folder = dirname(path);
    let open = (statSync(path).mode & READABLE_BY_ALL) !== 0;
    while (open && folder !== dirname(folder)) {
      open = (statSync(folder).mode & SEARCHABLE_BY_ALL) !== 0;
      folder = dirname(folder);
    }
    return open;
  } catch {
    // It is not even there.
    return false;
  }
}
