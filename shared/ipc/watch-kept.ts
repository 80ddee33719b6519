/** What is known of watched domains as a file holds it: of the window, and of `check --since`. */
import { z } from 'zod';
import {
  MAX_DOMAIN_CHARACTERS,
  MAX_EXPIRY_DAYS,
  MAX_INTERVAL_MINUTES,
  MAX_NOTE_CHARACTERS,
  MAX_NOTES,
  MAX_TOLD,
  MIN_INTERVAL_MINUTES,
} from '../watch/limits.ts';
import type { Watched, WatchNote, WatchSettings } from '../watch/watched.ts';
import { domainOutcome } from './report-schema.ts';

/** Null where a file does not hold them, or holds something else. */
export interface WatchKept {
  readonly settings: WatchSettings | null;
  readonly domains: readonly Watched[];
}

export type KeptReading =
  | { readonly kind: 'whole'; readonly kept: WatchKept }
  /** Some of it can be used; the rest cannot be told apart from what others wrote. */
  | { readonly kind: 'damaged'; readonly kept: WatchKept }
  /** It is no such file at all. */
  | { readonly kind: 'foreign' };

/** Octets that are read: a full list with all its notes has about a third of them. */
export const MAX_KEPT_OCTETS = 16 * 1024 * 1024;

const FORMAT = 'dane-inspector watch';
const VERSION = 1;

export function readKept(text: string, most: number): KeptReading {
  const file = envelope.safeParse(parsed(text));
  if (!file.success) return { kind: 'foreign' };
  const { settings: found, domains: all } = file.data;
  const settings = watchSettings.nullable().safeParse(found ?? null);
  const domains = all.flatMap((each) => {
    const one = watched.safeParse(each);
    return one.success ? [one.data] : [];
  });
  const unique = [...new Map(domains.map((each) => [each.domain, each])).values()].slice(0, most);
  const kept = { settings: settings.success ? settings.data : null, domains: unique };
  const isWhole = settings.success && unique.length === all.length;
  return { kind: isWhole ? 'whole' : 'damaged', kept };
}

export function writtenKept({ settings, domains }: WatchKept): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, settings, domains }, null, 1)}\n`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const watchSettings: z.ZodType<WatchSettings> = z.object({
  on: z.boolean(),
  intervalMinutes: z.number().int().min(MIN_INTERVAL_MINUTES).max(MAX_INTERVAL_MINUTES),
  expiryDays: z.number().int().nonnegative().max(MAX_EXPIRY_DAYS),
  notify: z.boolean(),
  stayInTray: z.boolean(),
});

const text = z.string().max(MAX_NOTE_CHARACTERS);

export const watchNote: z.ZodType<WatchNote> = z.object({
  at: z.iso.datetime(),
  kind: z.enum(['outcome', 'expiry', 'failed', 'recovered']),
  text,
});

/** Milliseconds: what a date can hold (ECMA-262 §21.4.1.1). */
const MAX_INSTANT = 8.64e15;
const instant = z.number().int().nonnegative().max(MAX_INSTANT);

/** As `readDomainInput` gives it, so that a file cannot name what nobody could have typed. */
const domainName = z
  .string()
  .max(MAX_DOMAIN_CHARACTERS)
  .regex(/^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/);

const watched: z.ZodType<Watched> = z.object({
  domain: domainName,
  outcome: domainOutcome.nullable(),
  doubt: domainOutcome.nullable(),
  lookedAt: instant.nullable(),
  dueAt: instant,
  failures: z.number().int().nonnegative(),
  problem: text.nullable(),
  ends: z.object({ what: text, at: instant, soon: z.boolean() }).nullable(),
  told: z.array(z.object({ key: text, at: instant })).max(MAX_TOLD),
  notes: z.array(watchNote).max(MAX_NOTES),
});

const envelope = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  settings: z.unknown(),
  domains: z.array(z.unknown()),
});
