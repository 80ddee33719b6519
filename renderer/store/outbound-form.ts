/** Where the test lives, as the fields of its form hold it, and what is made of them. */
import type { OutboundWish } from '../../shared/ipc/outbound.ts';
import { MAX_SILENCE_SECONDS, type AlgorithmNumber } from '../../shared/lab/place.ts';
import { words } from '../words/words.ts';

export type PlaceField = Exclude<keyof OutboundWish, 'open'>;

/** As typed; `seconds` in minutes, `algorithm` empty for the usual one. */
export type PlaceForm = Readonly<Record<PlaceField, string>>;

export type ReadForm =
  | { readonly ok: true; readonly wish: OutboundWish }
  | { readonly ok: false; readonly field: PlaceField; readonly message: string };

const SECONDS_PER_MINUTE = 60;
const MAX_PORT = 65_535;

export function formOf(wish: OutboundWish): PlaceForm {
  const { base, nameServer, addresses, smtpPort, listenPort, algorithm, seconds } = wish;
  return {
    ...{ base, nameServer, addresses },
    smtpPort: String(smtpPort),
    listenPort: String(listenPort),
    // To the second, and not in thirds of a minute.
    seconds: String(Number((seconds / SECONDS_PER_MINUTE).toFixed(2))),
    algorithm: algorithm === null ? '' : String(algorithm),
  };
}

/** The port to listen on goes with the one that senders connect to until it is given by itself. */
export function withField(form: PlaceForm, field: PlaceField, value: string): PlaceForm {
  const follows = field === 'smtpPort' && form.listenPort === form.smtpPort;
  return { ...form, [field]: value, ...(follows && { listenPort: value }) };
}

/** The numbers alone; names and addresses are judged where they are used. */
export function readForm(form: PlaceForm): ReadForm {
  const { refusals } = words.outbound;
  const smtpPort = portOf(form.smtpPort);
  if (smtpPort === null) return { ok: false, field: 'smtpPort', message: refusals.port };
  const listenPort = portOf(form.listenPort);
  if (listenPort === null) return { ok: false, field: 'listenPort', message: refusals.port };
  const seconds = secondsOf(form.seconds);
  if (seconds === null) {
    const message = refusals.minutes(MAX_SILENCE_SECONDS / SECONDS_PER_MINUTE);
    return { ok: false, field: 'seconds', message };
  }
  const { base, nameServer, addresses } = form;
  const algorithm = algorithmOf(form.algorithm);
  return {
    ok: true,
    wish: { base, nameServer, addresses, smtpPort, listenPort, algorithm, seconds, open: false },
  };
}

function portOf(typed: string): number | null {
  if (!/^\d{1,5}$/.test(typed.trim())) return null;
  const port = Number(typed.trim());
  return port >= 1 && port <= MAX_PORT ? port : null;
}

function secondsOf(typed: string): number | null {
  const text = typed.trim().replace(',', '.');
  if (!/^\d{1,5}(\.\d{1,4})?$/.test(text)) return null;
  const seconds = Math.round(Number(text) * SECONDS_PER_MINUTE);
  return seconds >= 1 && seconds <= MAX_SILENCE_SECONDS ? seconds : null;
}

const ALGORITHMS: readonly AlgorithmNumber[] = [8, 13, 14, 15];

function algorithmOf(chosen: string): AlgorithmNumber | null {
  return ALGORITHMS.find((algorithm) => String(algorithm) === chosen) ?? null;
}
