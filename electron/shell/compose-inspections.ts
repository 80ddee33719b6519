/** Gives the window its inspections: the command line's options, the core on the internet, and the lab. */
import { readFileSync } from 'node:fs';
import { domainToASCII } from 'node:url';
import pLimit from 'p-limit';
import { addressFromText } from '../../shared/dns/address.ts';
import { readDomainInput } from '../../shared/inspection/domain-input.ts';
import { readGivenChains } from '../../shared/inspection/given-chains.ts';
import { emptyReport } from '../../shared/inspection/empty-report.ts';
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import { gather } from '../../shared/inspection/fold.ts';
import { judge } from '../../shared/inspection/judge.ts';
import type { HostLookReply, HostLookRequest, NetworkChoice } from '../../shared/ipc/contract.ts';
import {
  composeCore,
  composeLabCore,
  DEFAULT_CORE_OPTIONS,
  listLabDomains,
  whatIf,
  type Composed,
  type Core,
  type CoreOptions,
} from '../compose.ts';
import type { Arguments } from './arguments.ts';
import type { Inspections } from './inspections.ts';
import type { SightingsFile } from './sightings-file.ts';

export interface ComposedInspections extends Inspections {
  /** What of the command line cannot be used, in plain words; null when all can. */
  readonly problem: string | null;
}

export function composeInspections(
  given: Arguments,
  version: string,
  sightings: SightingsFile,
): ComposedInspections {
  const { options, problem } = coreOptions(given, version);
  const internet = problem === null ? composeCore(options) : refused(problem);
  // The lab signs a whole small internet: it is put up when first asked for, and kept.
  let lab: Promise<Composed> | null = null;
  const coreOn = (network: NetworkChoice): Composed | Promise<Composed> => {
    if (network === 'internet') return internet;
    lab ??= composeLabCore({ ...DEFAULT_CORE_OPTIONS, version }, true);
    return lab;
  };
  const looks = pLimit(MAX_LOOKS);
  return {
    problem: internet.ok ? null : internet.message,
    async begin(typed, network, chains = []) {
      const input = readDomainInput(typed, domainToASCII);
      if (!input.ok) return { kind: 'refused', message: input.message };
      const given = readGivenChains(chains);
      if (!given.ok) return { kind: 'refused', message: given.message };
      const composed = await coreOn(network);
      if (!composed.ok) return { kind: 'refused', message: composed.message };
      const { domain } = input;
      return {
        kind: 'begun',
        domain: domain.key,
        record: (signal) =>
          composed.core.record(domain, signal, { texts: chains, chains: given.chains }),
        inspect: (signal) => composed.core.inspect(domain, signal, given.chains),
      };
    },
    lookAtHost: (request, signal) =>
      looks(async () => {
        const composed = await coreOn(request.network);
        if (!composed.ok) return { kind: 'refused', message: composed.message };
        return look(composed.core, request, sightings, signal);
      }),
    judgeWhatIf: whatIf,
    async labDomains() {
      const domains = await listLabDomains();
      return domains.map(({ name, description }) => ({ domain: name, description }));
    },
  };
}

/** Hosts looked at at a time: a person with many of them still is polite. */
const MAX_LOOKS = 4;

async function look(
  core: Core,
  { host: typed, port, network }: HostLookRequest,
  sightings: SightingsFile,
  signal: AbortSignal,
): Promise<HostLookReply> {
  const input = readDomainInput(typed, domainToASCII);
  if (!input.ok) return { kind: 'refused', message: input.message };
  const events: InspectionEvent[] = [];
  for await (const event of core.lookAtHost(input.domain, port, signal)) {
    if (event.kind !== 'progress') events.push(event);
  }
  const [host] = judge(events.reduce(gather, emptyReport(input.domain.key))).hosts;
  const seen = host === undefined ? [] : sightings.remember(network, host, Date.now());
  return { kind: 'seen', events, sightings: seen };
}

function coreOptions(
  given: Arguments,
  version: string,
): { readonly options: CoreOptions; readonly problem: string | null } {
  const problems = given.problem === null ? [] : [given.problem];
  const text = (option: string, path: string | null): string | null => {
    if (path === null) return null;
    const read = readText(option, path);
    if (read.problem !== null) problems.push(read.problem);
    return read.text;
  };
  const resolver = given.resolver === null ? null : readResolver(given.resolver);
  if (resolver === 'unfit') {
    problems.push('--resolver takes "iterative" or an IP address, with #PORT if it is not 53.');
  }
  const options: CoreOptions = {
    ...DEFAULT_CORE_OPTIONS,
    version,
    rootHints: text('--root-hints', given.rootHints),
    trustAnchors: text('--trust-anchor', given.trustAnchor),
    resolver: resolver === 'unfit' ? null : resolver,
    dnsPort: given.dnsPort ?? DEFAULT_CORE_OPTIONS.dnsPort,
    smtpPort: given.smtpPort ?? DEFAULT_CORE_OPTIONS.smtpPort,
    timeoutMs:
      given.timeoutSeconds === null
        ? DEFAULT_CORE_OPTIONS.timeoutMs
        : given.timeoutSeconds * MS_PER_SECOND,
    allowPrivate: given.allowPrivate,
  };
  return { options, problem: problems.length === 0 ? null : problems.join(' ') };
}

const MS_PER_SECOND = 1000;
const DNS_PORT = 53;
const MAX_PORT = 65_535;

function readText(
  option: string,
  path: string,
): { readonly text: string | null; readonly problem: string | null } {
  try {
    return { text: readFileSync(path, 'utf8'), problem: null };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    const reason = code === 'ENOENT' ? 'it does not exist' : code;
    return { text: null, problem: `${option}: ${path} cannot be read (${reason}).` };
  }
}

function readResolver(value: string): CoreOptions['resolver'] | 'unfit' {
  if (value === 'iterative') return null;
  const [address = '', portText = String(DNS_PORT), ...more] = value.split('#');
  const port = Number(portText);
  const isPort = /^\d+$/.test(portText) && port >= 1 && port <= MAX_PORT;
  return addressFromText(address) !== null && isPort && more.length === 0
    ? { address, port }
    : 'unfit';
}

function refused(message: string): Composed {
  return { ok: false, message };
}
