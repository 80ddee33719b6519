/**
 * Stands in for the part of Cloudflare's API that changes DNS records, over HTTP on loopback: tokens, zones,
 * records by type and name in pages, duplicates (81058), fields that are missing or wrong, records that are gone
 * (81044), too many requests (429). TLSA data comes back in upper case, as it does there.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { listenOnLoopback } from './loopback-server.ts';

export interface StandIn {
  /** To be given as `CF_API`. */
  readonly url: string;
  readonly zoneId: string;
  /** What the zone holds; tests may put records in, and see what was changed. */
  readonly records: StandInRecord[];
  /** One a request: `METHOD path`. */
  readonly requests: string[];
  /** The answers to come, in place of what would be answered; `null` answers as usual. */
  readonly answers: (StandInAnswer | null)[];
  close(): Promise<void>;
}

export interface StandInRecord {
  readonly id: string;
  readonly type: 'TLSA';
  readonly name: string;
  readonly ttl: number;
  readonly data: TlsaData;
}

type TlsaData = z.infer<typeof TLSA_DATA>;

export interface StandInAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface StandInOptions {
  readonly zone: string;
  readonly token: string;
  /** A token without the right to edit sees records and changes none. */
  readonly mayEdit?: boolean;
  /** Seconds; 60 as there, unless a test cannot wait so long. */
  readonly leastTtl?: number;
  /** Called after every change, so that a name server can follow. */
  readonly changed?: (records: readonly StandInRecord[]) => void;
}

const TLSA_DATA = z.object({
  usage: z.number().int().min(0).max(255),
  selector: z.number().int().min(0).max(255),
  matching_type: z.number().int().min(0).max(255),
  certificate: z.string().regex(/^[0-9A-Fa-f]+$/),
});

const NEW_RECORD = z.object({
  type: z.literal('TLSA'),
  name: z.string().min(1).max(255),
  ttl: z.number().int(),
  data: z.record(z.string(), z.unknown()),
});

export async function startCloudflare(options: StandInOptions): Promise<StandIn> {
  const zoneId = randomBytes(16).toString('hex');
  const state: State = { options, zoneId, records: [], requests: [], answers: [] };
  const server = createServer((request, response) => void answer(state, request, response));
  const { port, close } = await listenOnLoopback(server);
  const url = `http://127.0.0.1:${port}/client/v4`;
  const { records, requests, answers } = state;
  return { url, zoneId, records, requests, answers, close };
}

interface State {
  readonly options: StandInOptions;
  readonly zoneId: string;
  readonly records: StandInRecord[];
  readonly requests: string[];
  readonly answers: (StandInAnswer | null)[];
}

interface Reply {
  readonly status: number;
  readonly result: unknown;
  readonly errors: readonly Readonly<{ code: number; message: string }>[];
  readonly info?: unknown;
}

async function answer(
  state: State,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const method = request.method ?? 'GET';
  state.requests.push(`${method} ${url.pathname}${url.search}`);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const instead = state.answers.shift() ?? null;
  if (instead !== null) {
    response.writeHead(instead.status, instead.headers).end(instead.body);
    return;
  }
  const body = Buffer.concat(chunks).toString();
  const refusal = refuseToken(state.options, request.headers.authorization, method);
  const { status, result, errors, info } = refusal ?? reply(state, method, url, body);
  const document = {
    result,
    success: errors.length === 0,
    errors,
    messages: [],
    ...(info === undefined ? {} : { result_info: info }),
  };
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(document));
}

function fail(status: number, code: number, message: string): Reply {
  return { status, result: null, errors: [{ code, message }] };
}

function succeed(result: unknown, info?: unknown): Reply {
  return { status: 200, result, errors: [], info };
}

function refuseToken(
  { token, mayEdit = true }: StandInOptions,
  header: string | undefined,
  method: string,
): Reply | null {
  if (header === undefined) {
    return fail(400, 9106, 'Missing X-Auth-Key, X-Auth-Email or Authorization headers');
  }
  if (!/^Bearer [\w.-]+$/.test(header)) return fail(400, 6003, 'Invalid request headers');
  if (header !== `Bearer ${token}`) return fail(403, 9109, 'Invalid access token');
  return mayEdit || method === 'GET' ? null : fail(403, 10_000, 'Authentication error');
}

function reply(state: State, method: string, { pathname, searchParams }: URL, body: string): Reply {
  const path = pathname.replace(/^\/client\/v4/, '');
  if (method === 'GET' && path === '/zones') {
    const { zone } = state.options;
    const asked = searchParams.get('name');
    return page(
      asked === null || asked === zone ? [{ id: state.zoneId, name: zone }] : [],
      searchParams,
    );
  }
  const [, zoneId, recordId] = /^\/zones\/(\w+)\/dns_records(?:\/(\w+))?$/.exec(path) ?? [];
  if (zoneId === undefined) return fail(404, 7003, `Could not route to ${path}`);
  if (zoneId !== state.zoneId) return fail(403, 10_000, 'Authentication error');
  if (recordId === undefined) {
    if (method === 'GET') return list(state.records, searchParams);
    if (method === 'POST') return create(state, body);
  } else if (method === 'DELETE') return remove(state, recordId);
  return fail(405, 10_405, 'Method not allowed for this authentication scheme');
}

function list(records: readonly StandInRecord[], search: URLSearchParams): Reply {
  const type = search.get('type');
  const name = search.get('name')?.toLowerCase();
  const found = records.filter(
    (record) =>
      (type === null || record.type === type) && (name === undefined || record.name === name),
  );
  return page(found, search);
}

/** Pages are numbered from 1; those past the end are empty. */
function page(items: readonly unknown[], search: URLSearchParams): Reply {
  const per_page = Number(search.get('per_page') ?? 100);
  const number = Number(search.get('page') ?? 1);
  const shown = items.slice((number - 1) * per_page, number * per_page);
  const total_pages = Math.ceil(items.length / per_page);
  const info = {
    page: number,
    per_page,
    count: shown.length,
    total_count: items.length,
    total_pages,
  };
  return succeed(shown, info);
}

function create(state: State, body: string): Reply {
  const parsed = NEW_RECORD.safeParse(jsonOf(body));
  if (!parsed.success) return fail(400, 9207, 'Request body is invalid.');
  const { type, name, ttl } = parsed.data;
  const missing = Object.keys(TLSA_DATA.shape).filter((field) => !(field in parsed.data.data));
  if (missing.length > 0) {
    const errors = missing.map((field) => ({
      code: 9101,
      message: `${field} is a required data field.`,
    }));
    return { status: 400, result: null, errors };
  }
  const data = TLSA_DATA.safeParse(parsed.data.data);
  if (!data.success) return fail(400, 1004, 'DNS Validation Error');
  if (ttl !== 1 && (ttl < (state.options.leastTtl ?? 60) || ttl > 86_400)) {
    return fail(
      400,
      9021,
      'Invalid TTL. Must be between 60 and 86400 seconds, or 1 for Automatic.',
    );
  }
  const record: StandInRecord = {
    id: randomBytes(16).toString('hex'),
    type,
    name: name.toLowerCase().replace(/\.$/, ''),
    ttl,
    data: { ...data.data, certificate: data.data.certificate.toUpperCase() },
  };
  const same = state.records.some(
    (other) =>
      other.name === record.name && JSON.stringify(other.data) === JSON.stringify(record.data),
  );
  if (same) return fail(400, 81_058, 'An identical record already exists.');
  state.records.push(record);
  state.options.changed?.(state.records);
  return succeed(record);
}

function remove(state: State, id: string): Reply {
  const index = state.records.findIndex((record) => record.id === id);
  if (index === -1) return fail(404, 81_044, 'Record does not exist.');
  state.records.splice(index, 1);
  state.options.changed?.(state.records);
  return succeed({ id });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
