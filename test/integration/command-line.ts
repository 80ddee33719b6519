// Runs the built command line against the universe as a user would, and reads its JSON.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { UniverseFacts } from '../universe/universe.ts';

export interface Run {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The fields of a report that the suite judges; everything else passes unread. */
const REPORT = z.looseObject({
  schemaVersion: z.literal(1),
  domain: z.string(),
  at: z.iso.datetime(),
  startedAt: z.iso.datetime(),
  durationMs: z.number(),
  queries: z.number().int(),
  outcome: z.string(),
  mx: z.looseObject({
    security: z.string(),
    records: z.array(z.looseObject({ preference: z.number(), exchange: z.string() })),
    implicit: z.boolean(),
    null: z.boolean(),
  }),
  hosts: z.array(
    z.looseObject({
      name: z.string(),
      outcome: z.string(),
      security: z.string(),
      addresses: z.array(
        z.looseObject({
          address: z.string(),
          family: z.union([z.literal(4), z.literal(6)]),
          probes: z.array(
            z.looseObject({
              ok: z.boolean(),
              stage: z.string(),
              failure: z.string().nullable(),
              keyType: z.string().nullable(),
              chain: z.array(z.looseObject({ pem: z.string() })),
            }),
          ),
        }),
      ),
      tlsa: z.looseObject({
        name: z.string(),
        baseDomain: z.string(),
        security: z.string(),
        records: z.array(
          z.looseObject({
            usage: z.number(),
            selector: z.number(),
            matchingType: z.number(),
            data: z.string(),
            usable: z.boolean(),
            matches: z.boolean().nullable(),
            matchedDepth: z.number().nullable(),
          }),
        ),
      }),
      ancestors: z.array(
        z.looseObject({ name: z.string(), rcode: z.string().nullable(), ok: z.boolean() }),
      ),
    }),
  ),
  findings: z.array(
    z.looseObject({
      code: z.string(),
      severity: z.enum(['error', 'warning', 'notice', 'ok']),
      subject: z.string(),
      message: z.string(),
      remedy: z.string(),
      reference: z.string(),
    }),
  ),
  zones: z.array(z.looseObject({ zone: z.string(), security: z.string() })),
});

export type JsonReport = z.infer<typeof REPORT>;

const LOOK_UP = z.looseObject({
  name: z.string(),
  type: z.string(),
  rcode: z.string(),
  security: z.string(),
  answers: z.array(
    z.looseObject({ name: z.string(), type: z.string(), ttl: z.number(), data: z.string() }),
  ),
  ede: z.number().nullable(),
  chain: z.array(z.looseObject({ zone: z.string(), security: z.string() })),
});

export type JsonLookUp = z.infer<typeof LOOK_UP>;

export function universeOptions(universe: UniverseFacts): readonly string[] {
  return [
    '--root-hints',
    universe.rootHints,
    '--trust-anchor',
    universe.trustAnchor,
    '--dns-port',
    String(universe.dnsPort),
    '--smtp-port',
    String(universe.smtpPort),
    '--allow-private',
    '--timeout',
    '3',
  ];
}

export async function check(
  universe: UniverseFacts,
  domain: string,
  more: readonly string[] = [],
): Promise<{ readonly run: Run; readonly report: JsonReport }> {
  const run = await runCommandLine([
    'check',
    domain,
    '--json',
    ...universeOptions(universe),
    ...more,
  ]);
  return { run, report: REPORT.parse(parseJson(run)) };
}

export async function resolve(
  universe: UniverseFacts,
  name: string,
  type: string,
  more: readonly string[] = [],
): Promise<{ readonly run: Run; readonly lookUp: JsonLookUp }> {
  const run = await runCommandLine([
    'resolve',
    name,
    type,
    '--json',
    ...universeOptions(universe),
    ...more,
  ]);
  return { run, lookUp: LOOK_UP.parse(parseJson(run)) };
}

export function runCommandLine(args: readonly string[]): Promise<Run> {
  return new Promise((settle) => {
    execFile(
      process.execPath,
      [binary(), ...args],
      { timeout: 50_000, maxBuffer: 32 * 1024 * 1024 },
      (error, stdout, stderr) =>
        settle({ exit: error === null ? 0 : Number(error.code ?? -1), stdout, stderr }),
    );
  });
}

/** The file that `bin` of package.json names. */
function binary(): string {
  const root = new URL('../../', import.meta.url);
  const { bin } = z
    .looseObject({ bin: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(new URL('package.json', root), 'utf8')));
  return fileURLToPath(new URL(bin['dane-inspector'] ?? '', root));
}

function parseJson(run: Run): unknown {
  try {
    return JSON.parse(run.stdout);
  } catch {
    throw new Error(`exit ${run.exit}, and no JSON but: ${run.stdout}${run.stderr}`);
  }
}
