// Real senders put to the outbound test: what it says of them is what their documentation says.
import { mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { conclude, type Conclusion } from '../../shared/lab/conclusion.ts';
import type { Deed } from '../../shared/lab/deed.ts';
import { SCENARIOS, type ScenarioId } from '../../shared/lab/scenario.ts';
import type { Standing } from '../../shared/lab/standing.ts';
import { sendByExim, sendByPostfix, startRig, type Rig } from './outbound-rig.ts';

/** Milliseconds: signing, starting, sending, and waiting for those that do not come. */
const ALL_DECIDED_MS = 200_000;
const POLL_MS = 500;

/** `null`: nothing that decides is to be seen. */
type Deeds = Readonly<Partial<Record<ScenarioId, Deed | null>>>;

interface Sender {
  readonly name: string;
  send(rig: Rig, run: ReturnType<Rig['service']['begin']>): Promise<() => Promise<void>>;
  readonly conclusion: Conclusion;
  readonly deeds: Deeds;
}

const ALL_DELIVERED: Deeds = Object.fromEntries(
  SCENARIOS.map(({ id }) => [id, 'delivered-tls' as const]),
);

/** RFC 7672, with Unbound as it comes: it minimises, and so loses the records below a denied name. */
const VALIDATES: Deeds = {
  ...ALL_DELIVERED,
  ...refused('wrong', 'strip', 'bogus', 'servfail', 'unusable-strip'),
  ...refused('ta-name', 'ta-expired', 'ta-missing', 'cname-wrong'),
};

/** TLS_README, DANE TLS: a host that must be authenticated and cannot be is not connected to. */
const DEMANDS: Deeds = { ...VALIDATES, ...refused('dont', 'ancestor') };

function refused(...ids: readonly ScenarioId[]): Deeds {
  return Object.fromEntries(ids.map((id) => [id, 'refused' as const]));
}

const postfix = (level: string, conclusion: Conclusion, deeds: Deeds): Sender => ({
  ...{ name: `Postfix ${level}`, conclusion, deeds },
  send: (rig, run) => sendByPostfix(rig, level, run),
});

const exim = (name: string, dane: string, conclusion: Conclusion, deeds: Deeds): Sender => ({
  ...{ name: `Exim, ${name}`, conclusion, deeds },
  send: (rig, run) => Promise.resolve(sendByExim(rig, [dane], run)),
});

const SENDERS: readonly Sender[] = [
  // postconf(5), smtp_tls_dane_insecure_mx_policy: by default DANE counts for hosts of an unsigned domain too.
  postfix('dane', 'validates', { ...VALIDATES, ...refused('insecure') }),
  // Without usable records of a signed host and domain it does not even connect.
  postfix('dane-only', 'validates', {
    ...DEMANDS,
    ...{ unusable: null, 'unusable-strip': null, insecure: null },
  }),
  postfix('may', 'does-not-check', {
    ...ALL_DELIVERED,
    ...{ strip: 'delivered-clear', 'unusable-strip': 'delivered-clear' },
  }),
  postfix('encrypt', 'encrypts-without-checking', {
    ...ALL_DELIVERED,
    ...refused('strip', 'unusable-strip'),
  }),
  // Exim takes plaintext behind the 220 for a fault of the connection, and keeps the mail.
  exim('hosts_try_dane', 'hosts_try_dane = *', 'validates', {
    ...VALIDATES,
    ...refused('injected'),
  }),
  exim('hosts_require_dane', 'hosts_require_dane = *', 'validates', {
    ...DEMANDS,
    ...{ insecure: null, ...refused('injected') },
  }),
  // Without DANE it tries again in the clear after any fault of TLS (tls_tempfail_tryclear, by default true).
  exim('none', 'hosts_try_dane =', 'does-not-check', {
    ...ALL_DELIVERED,
    ...{ strip: 'delivered-clear', 'unusable-strip': 'delivered-clear' },
    injected: 'delivered-clear',
  }),
];

let folder: string;
let seen: readonly (readonly Standing[])[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-outbound-'));
  chmodSync(folder, 0o755);
  seen = await Promise.all(SENDERS.map((sender, place) => standingsOf(sender, place)));
}, ALL_DECIDED_MS + 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Each sender by itself, so that all it does is its own. */
async function standingsOf(sender: Sender, place: number): Promise<readonly Standing[]> {
  const rig = await startRig(join(folder, `${place}`));
  try {
    const run = rig.service.begin();
    const stop = await sender.send(rig, run);
    const end = Date.now() + ALL_DECIDED_MS;
    const now = (): readonly Standing[] => rig.service.standings(run.alias) ?? [];
    const open = ({ phase }: Standing): boolean => phase === 'waiting' || phase === 'under-way';
    while (now().some(open) && Date.now() < end)
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    await stop();
    return now();
  } finally {
    await rig.close();
  }
}

describe.each(SENDERS.map((sender, index) => ({ ...sender, index })))('$name', (sender) => {
  const standings = (): readonly Standing[] => seen[sender.index] ?? [];

  test('is judged as its documentation has it', () => {
    expect(conclude(standings()).conclusion).toBe(sender.conclusion);
  });

  test.each(SCENARIOS.map(({ id }) => id))('%s', (id) => {
    const standing = standings().find(({ scenario }) => scenario.id === id);
    const steps = standing?.sessions.map((session) => session.steps.map(({ name }) => name));
    expect(standing?.deed, JSON.stringify(steps)).toBe(sender.deeds[id]);
  });
});
