// An outbound test in which nothing is left out: every kind of step, of judgement and of not knowing.
import type { DnsQuestion, MailStep, SmtpStep } from '../../../../shared/lab/observation.ts';
import type { ScenarioId } from '../../../../shared/lab/scenario.ts';
import type { SeenStep, Situation, TestReport } from '../../../../shared/lab/test-report.ts';

const question: DnsQuestion = {
  kind: 'dns',
  from: '192.0.2.53',
  name: '_25._tcp.mx.wrong.havedane.test',
  type: 'TLSA',
  dnssec: false,
  minimised: true,
};

let clock = 0;

/** A step each millisecond. */
export function seenStep(what: DnsQuestion | MailStep): SeenStep {
  clock += 1;
  return { at: new Date(Date.UTC(2026, 10, 29, 12, 0, 1) + clock).toISOString(), what };
}

export function connection(
  name: string,
  host: number,
  ...steps: readonly SmtpStep[]
): readonly SeenStep[] {
  return steps.map((step) =>
    seenStep({ kind: 'smtp', connection: name, from: '192.0.2.25', host, step }),
  );
}

const delivery = connection(
  'c1',
  1,
  { name: 'connected' },
  { name: 'ehlo', greeting: 'sender.example', tls: false },
  { name: 'starttls' },
  { name: 'tls', version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', serverName: 'mx.test' },
  { name: 'mail', tls: true },
  { name: 'recipient', alias: 'abc', tls: true },
  { name: 'delivered', alias: 'abc', tls: true },
  { name: 'injection-taken' },
  { name: 'quit' },
  { name: 'closed' },
);
const brokenOff = connection(
  'c2',
  2,
  { name: 'connected' },
  { name: 'tls', version: 'TLSv1.2', cipher: 'x', serverName: null },
  { name: 'tls-failed', reason: 'unknown ca' },
  { name: 'closed' },
);

export function situation(id: ScenarioId, more: Partial<Situation>): Situation {
  return {
    ...{ id, recipient: `abc@${id}.havedane.test`, phase: 'decided', deed: null, worth: null },
    ...{ basis: null, sentence: `What it did with ${id}.`, seen: [], unshown: 0 },
    ...more,
  };
}

/** Of each judgement one, and of each way of not knowing. */
export const FULL_TEST: TestReport = {
  base: 'havedane.test',
  nameServer: { address: '127.25.0.53', port: 5300 },
  trustAnchor: 'havedane.test. 60 IN DS 12345 13 2 ABCDEF',
  smtpPort: 25,
  open: false,
  leftOut: ['injected'],
  alias: 'abc',
  startedAt: '2026-11-29T12:00:00.000Z',
  silentAt: '2026-11-29T12:10:00.000Z',
  at: '2026-11-29T12:05:00.000Z',
  verdict: {
    conclusion: 'does-not-check',
    because: ['wrong'],
    unknown: ['strip', 'bogus', 'servfail'],
  },
  isFinal: false,
  situations: [
    situation('do', { deed: 'delivered-tls', worth: 'conforms', basis: 'seen', seen: delivery }),
    situation('dont', { deed: 'refused', worth: 'allowed', basis: 'inferred' }),
    situation('wrong', {
      ...{ deed: 'delivered-tls', worth: 'unsafe', basis: 'seen' },
      ...{ seen: [seenStep(question), ...brokenOff, ...delivery], unshown: 3 },
    }),
    situation('strip', { phase: 'silent' }),
    situation('bogus', { phase: 'waiting' }),
    situation('servfail', { phase: 'under-way', seen: [seenStep(question)] }),
    situation('expired', { deed: 'refused', worth: 'too-strict', basis: 'seen' }),
    situation('ta', { deed: 'fooled', worth: 'odd', basis: 'seen' }),
  ],
};

/** What is ours alone, whoever is at the other end. */
const OUR_OWN =
  /^(?:situations\.(?:id|phase|deed|worth|basis|seen\.what\.(?:kind|step\.name))|verdict\..*|leftOut)$/;

/** The same report with each text that is not ours replaced by what `replace` makes of it and of its place. */
export function withTexts(
  report: TestReport,
  replace: (text: string, path: string) => string,
): TestReport {
  return walked(report, '', replace) as TestReport;
}

function walked(
  value: unknown,
  path: string,
  replace: (text: string, path: string) => string,
): unknown {
  if (typeof value === 'string') return OUR_OWN.test(path) ? value : replace(value, path);
  if (Array.isArray(value)) return value.map((item) => walked(item, path, replace));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      walked(item, path === '' ? key : `${path}.${key}`, replace),
    ]),
  );
}
