/** The ladder of trust as text, and the commands that climb it again. */
import {
  delvCommand,
  digCommand,
  givenResolver,
  nameServer,
  traceCommand,
  DNS_PORT,
  type AskedServer,
} from '../../shared/elsewhere/command-dns.ts';
import { algorithmToText, digestTypeToText } from '../../shared/dnssec/algorithm.ts';
import { printable } from '../../shared/findings/safe-text.ts';
import type { LookUpReport, Report, ZoneReport } from '../../shared/inspection/report.ts';
import { words } from '../words/words.ts';
import type { NamedCommand } from './smtp-copies.ts';
import type { Signature } from './trust-signatures.ts';

const said = words.details.trust;

export function ladderText(
  lookUp: LookUpReport,
  signatures: readonly Signature[],
  next: Signature | null,
): string {
  const lines = [
    said.copies.head(lookUp.name, lookUp.type, lookUp.security),
    ...(lookUp.reason === null ? [] : [lookUp.reason]),
    ...lookUp.chain.flatMap(zoneLines),
    '',
    said.copies.signatures,
    ...signatures.map((signature) => `  ${signatureText(signature)}`),
    ...(next === null ? [] : [said.copies.next(whatOf(next), next.until)]),
  ];
  return `${lines.map(printable).join('\n')}\n`;
}

function zoneLines({
  zone,
  security,
  reason,
  ds,
  dnskeys,
  signedBy,
}: ZoneReport): readonly string[] {
  return [
    '',
    said.copies.zone(zone, security),
    ...(reason === null ? [] : [`  ${reason}`]),
    ...ds.map(
      ({ keyTag, algorithm, digestType, digest }) =>
        `  DS ${keyTag} ${algorithmToText(algorithm)} ${digestTypeToText(digestType)} ${digest}`,
    ),
    ...dnskeys.map(({ keyTag, algorithm, flags, secureEntryPoint }) =>
      [
        `  DNSKEY ${keyTag} ${algorithmToText(algorithm)} ${flags}`,
        ...(secureEntryPoint ? [said.entryPoint] : []),
        ...(keyTag === signedBy ? [said.signsKeys] : []),
      ].join(', '),
    ),
  ];
}

function signatureText(signature: Signature): string {
  const { keyTag, algorithm, signer, from, until } = signature;
  const key = [keyTag ?? said.unknownKey, algorithm === null ? '' : algorithmToText(algorithm)];
  return said.copies.signature(whatOf(signature), key.join(' ').trim(), signer, from, until);
}

export function whatOf({ owner, type }: Signature): string {
  return `${owner} ${type}`;
}

/** The whole way at once, then the keys of each zone and the DS that its parent has for them. */
export function ladderCommands(report: Report, lookUp: LookUpReport): readonly NamedCommand[] {
  const server = givenResolver(report);
  const question = { name: lookUp.name, type: lookUp.type };
  return [
    { about: said.copies.validate, command: delvCommand(question, { server, verbose: true }) },
    { about: said.copies.trace, command: traceCommand(question, traceStart(report, lookUp)) },
    ...lookUp.chain.flatMap((zone, index) => zoneCommands(report, zone, lookUp.chain[index - 1])),
  ];
}

/** `dig +trace` asks all servers at one port, so a resolver at another one is no beginning. */
function traceStart(report: Report, { chain }: LookUpReport): AskedServer | undefined {
  const { dnsPort } = report.tool;
  const resolver = givenResolver(report);
  if (resolver !== undefined && resolver.port === (dnsPort ?? DNS_PORT)) return resolver;
  const root = dnsPort === undefined ? undefined : chain[0]?.servers[0];
  return root === undefined ? undefined : nameServer(report, root.address);
}

function zoneCommands(
  report: Report,
  zone: ZoneReport,
  parent: ZoneReport | undefined,
): readonly NamedCommand[] {
  const ask = (type: string, server: ZoneReport['servers'][number] | undefined) =>
    server === undefined
      ? []
      : [
          {
            about: said.copies.asked(zone.zone, type),
            command: digCommand({ name: zone.zone, type }, nameServer(report, server.address)),
          },
        ];
  return [...ask('DS', parent?.servers[0]), ...ask('DNSKEY', zone.servers[0])];
}
