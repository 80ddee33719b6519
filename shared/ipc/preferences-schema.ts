/** The shapes of what window and process say to each other about settings, and about domains from outside. */
import { z } from 'zod';
import type { DomainRequests, PreferenceRequests, Preferences } from './preferences.ts';
import { savedReply } from './saved-schema.ts';
import type { Schemas } from './schemas.ts';

const MAX_LINE_CHARACTERS = 1024;
/** Characters of root hints or trust anchors; the built-in ones have 3,000. */
const MAX_ZONE_CHARACTERS = 64 * 1024;
const MAX_TIMEOUT_SECONDS = 60;
const MAX_CONNECTIONS = 256;

const line = z.string().max(MAX_LINE_CHARACTERS);
const zoneText = z.string().max(MAX_ZONE_CHARACTERS);

export const preferences: z.ZodType<Preferences> = z.object({
  contrast: z.enum(['system', 'more']),
  resolver: line,
  rootHints: zoneText,
  trustAnchors: zoneText,
  proxy: line,
  ehloName: line,
  timeoutSeconds: z.number().positive().max(MAX_TIMEOUT_SECONDS),
  families: z.enum(['both', 'ipv4', 'ipv6']),
  smtp: z.boolean(),
  allowPrivate: z.boolean(),
  maxConnections: z.number().int().min(1).max(MAX_CONNECTIONS),
  keepHistory: z.boolean(),
});

export const settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  recent: z.array(z.string()),
  preferences,
});

export const preferencePayloads: Schemas<PreferenceRequests & DomainRequests, 'payload'> = {
  'preferences:change': preferences,
  'preferences:export': z.null(),
  'preferences:import': z.null(),
  'domain:take': z.null(),
};

const fields = z.enum([
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

export const preferenceReplies: Schemas<PreferenceRequests & DomainRequests, 'reply'> = {
  'preferences:change': z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('kept'), settings }),
    z.object({ kind: z.literal('refused'), field: fields, message: z.string() }),
  ]),
  'preferences:export': savedReply,
  'preferences:import': z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('imported'), settings, problems: z.array(z.string()) }),
    z.object({ kind: z.literal('cancelled') }),
    z.object({ kind: z.literal('refused'), message: z.string() }),
  ]),
  'domain:take': z
    .object({ domain: z.string(), from: z.enum(['link', 'start', 'notification']) })
    .nullable(),
};
