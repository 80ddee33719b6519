/** Fetches the policy file of MTA-STS from the domain's own web server (RFC 8461 §3.3). */
import type { Failure } from '../../shared/failure.ts';
import { assertNever } from '../../shared/failure.ts';
import { MAX_POLICY_OCTETS } from '../../shared/policy/mta-sts-policy.ts';
import type { Connection, HttpsResponse, Network } from '../net/network.ts';

export interface PolicyFileTarget {
  /** `mta-sts.` and the domain: SNI, `Host` and the name that the certificate must have. */
  readonly host: string;
  /** From our own look-up, tried in this order until one takes the connection. */
  readonly addresses: readonly string[];
  /** For all of it: connections, TLS, the answer. */
  readonly timeoutMs: number;
}

export interface PolicyFileSettings {
  readonly network: Network;
  readonly port: number;
  /** Root certificates in PEM; null takes those that Node knows. */
  readonly roots: readonly string[] | null;
  /** Who asks. */
  readonly agent: string;
}

export type PolicyFile =
  | { readonly kind: 'file'; readonly text: string }
  /** Words without a full stop. */
  | { readonly kind: 'failed'; readonly reason: string };

/** RFC 8461 §3.2. */
const POLICY_PATH = '/.well-known/mta-sts.txt';

/** Addresses that are tried: a dead one or two must not hide a policy, a list must not become a flood. */
const MAX_ADDRESSES_TRIED = 4;

export async function fetchPolicyFile(
  target: PolicyFileTarget,
  settings: PolicyFileSettings,
  signal: AbortSignal,
): Promise<PolicyFile> {
  const { clock } = settings.network;
  const ends = clock.monotonic() + target.timeoutMs;
  const left = (): number => Math.max(0, ends - clock.monotonic());
  const connection = await connectToAny(target, settings, left, signal);
  if ('kind' in connection) return connection;
  const response = await connection.httpsGet(
    {
      serverName: target.host,
      path: POLICY_PATH,
      agent: settings.agent,
      maxOctets: MAX_POLICY_OCTETS,
      roots: settings.roots,
    },
    left(),
    signal,
  );
  return response.ok
    ? readResponse(response.value)
    : failed(`${words(response.failure)} (https://${target.host}${POLICY_PATH})`);
}

/** Each address gets an equal share of what time is left, so that a silent one leaves some to the next. */
async function connectToAny(
  { host, addresses }: PolicyFileTarget,
  { network, port }: PolicyFileSettings,
  left: () => number,
  signal: AbortSignal,
): Promise<Connection | Extract<PolicyFile, { readonly kind: 'failed' }>> {
  const tried = addresses.slice(0, MAX_ADDRESSES_TRIED);
  let last: Failure | null = null;
  for (const [index, address] of tried.entries()) {
    // One share more than addresses: the answer wants its time too.
    const share = left() / (tried.length - index + 1);
    const connected = await network.connect({ address, port }, share, signal);
    if (connected.ok) return connected.value;
    last = connected.failure;
  }
  const why = last === null ? 'there is no address to connect to' : words(last);
  return failed(`the web server ${host} cannot be reached: ${why}`);
}

function readResponse(response: HttpsResponse): PolicyFile {
  const { status, contentType, location, body } = response;
  // RFC 8461 §3.3: redirects are not followed, and no other status than 200 carries a policy.
  if (status >= 300 && status < 400) {
    const where = location === null ? '' : ` to ${location.slice(0, MAX_TOLD_CHARACTERS)}`;
    return failed(
      `the web server redirects${where} (status ${status}), which senders do not follow`,
    );
  }
  if (status !== 200) return failed(`the web server answered with status ${status}, not 200`);
  // RFC 8461 §3.2: the media type MUST be text/plain; parameters are passed over.
  const mediaType = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (mediaType !== 'text/plain') {
    const sent = mediaType === '' ? 'none' : mediaType.slice(0, MAX_TOLD_CHARACTERS);
    return failed(`the file is sent as ${sent}, not as text/plain`);
  }
  return decode(body);
}

/** Characters of a server's own words that are repeated. */
const MAX_TOLD_CHARACTERS = 200;

/** RFC 8461 §3.2: ASCII and, in values of extensions, UTF-8. */
function decode(body: Uint8Array): PolicyFile {
  const text = Buffer.from(body).toString('utf8');
  return text.includes('\ufffd') || text.includes('\0')
    ? failed('the policy file is not text in UTF-8')
    : { kind: 'file', text };
}

function words(failure: Failure): string {
  switch (failure.kind) {
    case 'timeout':
      return 'it did not finish in time';
    case 'refused':
      return 'nothing listens there';
    case 'unreachable':
      return `no way leads there from here (${failure.code})`;
    case 'closed':
      return 'the web server closed the connection before its answer was complete';
    case 'tls':
      return certificateWords(failure.detail);
    case 'limit':
      return `the web server sent more than the ${MAX_POLICY_OCTETS / 1024} KiB that a policy may have`;
    case 'malformed':
      return 'the web server did not answer in HTTP';
    case 'not-allowed':
    case 'proxy':
    case 'unsupported':
      return failure.detail;
    case 'rcode':
      return `the name servers answered ${failure.rcode}`;
    default:
      return assertNever(failure);
  }
}

/** OpenSSL's and Node's codes for what people most often get wrong. */
function certificateWords(code: string): string {
  const known = CERTIFICATE_WORDS.get(code);
  return known === undefined
    ? `TLS with the web server did not come about (${code})`
    : `the certificate of the web server ${known}`;
}

const CERTIFICATE_WORDS: ReadonlyMap<string, string> = new Map([
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'is not for this name'],
  ['CERT_HAS_EXPIRED', 'has expired'],
  ['CERT_NOT_YET_VALID', 'is not valid yet'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'is self-signed'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'comes from an authority that is not trusted'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'comes from an authority that is not trusted'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'comes from an authority that is not trusted'],
  [
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'comes without its issuer’s, or from one that is not trusted',
  ],
  ['CERT_SIGNATURE_FAILURE', 'is not signed by an authority that is trusted'],
  ['CERT_REVOKED', 'was revoked'],
]);

function failed(reason: string): Extract<PolicyFile, { readonly kind: 'failed' }> {
  return { kind: 'failed', reason };
}
