/** The shapes of what window and process say to each other about settings, and about domains from outside. */
import { z } from 'zod';
import type {
  DomainRequests,
  PreferenceEvents,
  PreferenceField,
  PreferenceRequests,
  Preferences,
} from './preferences.ts';
import { savedReply } from './saved-schema.ts';
import type { Schemas } from './schemas.ts';

/** Characters; whatever is longer than a field takes is refused there, in words, up to this. */
const MAX_SENT_CHARACTERS = 1024 * 1024;

const text = z.string().max(MAX_SENT_CHARACTERS);

/** Each by itself: what is wrong with one costs no other. */
export const preferenceShapes: { readonly [F in PreferenceField]: z.ZodType<Preferences[F]> } = {
  contrast: z.enum(['system', 'more']),
  resolver: text,
  rootHints: text,
  trustAnchors: text,
  proxy: text,
  ehloName: text,
  timeoutSeconds: z.number(),
  families: z.enum(['both', 'ipv4', 'ipv6']),
  smtp: z.boolean(),
  allowPrivate: z.boolean(),
  maxConnections: z.number(),
  keepHistory: z.boolean(),
};

const preferences: z.ZodType<Preferences> = z.object(preferenceShapes);

export const settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  recent: z.array(z.string()),
  preferences,
});

export const preferencePayloads: Schemas<PreferenceRequests & DomainRequests, 'payload'> = {
  'preferences:change': preferences,
  'preferences:read-file': z.object({ field: z.enum(['rootHints', 'trustAnchors']) }),
  'preferences:export': z.null(),
  'preferences:import': z.null(),
  'preferences:start': z.null(),
  'notices:take': z.null(),
  'window:zoom': z.object({ step: z.enum(['in', 'out', 'reset']) }),
  'domain:take': z.null(),
};

const field = z.enum([
  'contrast',
  'resolver',
  'rootHints',
  'trustAnchors',
  'proxy',
  'ehloName',
  'timeoutSeconds',
  'families',
  'smtp',
  'allowPrivate',
  'maxConnections',
  'keepHistory',
]);

const kept = z.object({ kind: z.literal('kept'), settings });
const refusedField = z.object({ kind: z.literal('refused'), field, message: z.string() });
const cancelled = z.object({ kind: z.literal('cancelled') });

export const preferenceReplies: Schemas<PreferenceRequests & DomainRequests, 'reply'> = {
  'preferences:change': z.discriminatedUnion('kind', [kept, refusedField]),
  'preferences:read-file': z.discriminatedUnion('kind', [kept, refusedField, cancelled]),
  'preferences:export': savedReply,
  'preferences:import': z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('imported'), settings, problems: z.array(z.string()) }),
    cancelled,
    z.object({ kind: z.literal('refused'), message: z.string() }),
  ]),
  'preferences:start': z.object({
    fixed: z.array(z.object({ field, option: z.string() })),
    others: z.array(z.string()),
    isGuest: z.boolean(),
    system: z.string(),
  }),
  'notices:take': z.array(z.string()),
  'window:zoom': z.null(),
  'domain:take': z
    .object({
      domain: z.string(),
      from: z.enum(['link', 'start', 'menu', 'notification']),
      ask: z.boolean(),
    })
    .nullable(),
};

export const preferenceEvents: {
  readonly [C in keyof PreferenceEvents]: z.ZodType<PreferenceEvents[C]>;
} = { 'domain:waiting': z.null(), 'notices:waiting': z.null() };
