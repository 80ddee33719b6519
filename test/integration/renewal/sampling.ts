// Looks at one domain every tenth of a second, in the way of `check`, while its certificate is renewed: at the name servers themselves and through a cache.
import { readFileSync } from 'node:fs';
import { composeCore, DEFAULT_CORE_OPTIONS, type Core } from '../../../electron/compose.ts';
import { nameFromText, type Name } from '../../../shared/dns/name.ts';
import { emptyReport } from '../../../shared/inspection/empty-report.ts';
import { gather } from '../../../shared/inspection/fold.ts';
import { judge } from '../../../shared/inspection/judge.ts';
import type { HostOutcome, Report } from '../../../shared/inspection/report.ts';
import { settled } from '../../universe/processes.ts';
import type { UniverseFacts } from '../../universe/universe.ts';

/** Asked where: the authoritative servers, or a validating resolver that keeps records for their time to live. */
export type View = (typeof VIEWS)[number];
export const VIEWS = ['servers', 'cache'] as const;

export interface Sample {
  readonly view: View;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly outcome: HostOutcome;
  /** The records of the host as `usage selector matching-type hex`. */
  readonly records: readonly string[];
  /** SHA-256 of the public keys presented. */
  readonly keys: readonly string[];
}

export interface Sampling {
  /** Waits until a sample of this view fits; false when none does in that many milliseconds. */
  until(view: View, fits: (sample: Sample) => boolean, milliseconds: number): Promise<boolean>;
  /** Waits for those under way. */
  stop(): Promise<readonly Sample[]>;
}

/** Milliseconds between the starts of two samples of one view. */
const INTERVAL = 100;

/**
 * A sample that took longer is left out: it is no instant, and may have read the records before one step
 * and met the certificate after the next. Less than the shortest wait between two steps, in milliseconds.
 */
const INSTANT = 2_000;

/** Of one view at the same time: a busy machine skips samples rather than slow down what is sampled. */
const AT_ONCE = 2;

export function startSampling(universe: UniverseFacts, domain: string): Sampling {
  const name = nameFromText(domain);
  if (!name.ok) throw new Error(`${domain} is no name`);
  const samples: Sample[] = [];
  const views = VIEWS.map((view) => ({
    view,
    core: coreFor(universe, view),
    open: new Set<Promise<void>>(),
  }));
  const failures: unknown[] = [];
  const timer = setInterval(() => {
    for (const { view, core, open } of views) {
      if (open.size >= AT_ONCE) continue;
      const sampled = sample(core, view, name.value)
        .then((taken) => {
          if (taken.endedAt - taken.startedAt <= INSTANT) samples.push(taken);
        })
        .catch((error: unknown) => void failures.push(error))
        .finally(() => void open.delete(sampled));
      open.add(sampled);
    }
  }, INTERVAL);
  return {
    until: (view, fits, milliseconds) =>
      settled(() => samples.some((taken) => taken.view === view && fits(taken)), milliseconds),
    stop: async () => {
      clearInterval(timer);
      await Promise.all(views.flatMap(({ open }) => [...open]));
      if (failures.length > 0) throw failures[0];
      return samples;
    },
  };
}

async function sample(core: Core, view: View, domain: Name): Promise<Sample> {
  const startedAt = Date.now();
  let report: Report = emptyReport(domain.key);
  for await (const event of core.inspect(domain, new AbortController().signal)) {
    report = gather(report, event);
  }
  const [host] = judge(report).hosts;
  if (host === undefined) throw new Error('the domain lists no host');
  return {
    view,
    startedAt,
    endedAt: Date.now(),
    outcome: host.outcome,
    records: host.tlsa.records.map(({ usage, selector, matchingType, data }) =>
      `${usage} ${selector} ${matchingType} ${data}`.toLowerCase(),
    ),
    keys: host.addresses.flatMap(({ probes }) =>
      probes.flatMap(({ chain }) => chain[0]?.spkiSha256 ?? []),
    ),
  };
}

function coreFor(universe: UniverseFacts, view: View): Core {
  const composed = composeCore({
    ...DEFAULT_CORE_OPTIONS,
    version: '0',
    rootHints: readFileSync(universe.rootHints, 'utf8'),
    trustAnchors: readFileSync(universe.trustAnchor, 'utf8'),
    // Unbound listens at the usual port.
    resolver: view === 'cache' ? { address: universe.validating ?? '', port: 53 } : null,
    dnsPort: universe.dnsPort,
    smtpPort: universe.smtpPort,
    families: [4],
    allowPrivate: true,
  });
  if (!composed.ok) throw new Error(composed.message);
  return composed.core;
}
