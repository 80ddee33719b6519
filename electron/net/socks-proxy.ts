/** Which SOCKS5 proxy is meant, read from what a person typed (RFC 1928, RFC 1929). */

export interface SocksProxy {
  /** Name or address; a name is looked up by the system, as it is the person's own. */
  readonly host: string;
  readonly port: number;
  /** `HOST:PORT` to show: never with the password. */
  readonly label: string;
  readonly credentials: { readonly user: string; readonly password: string } | null;
}

export type ProxyReading =
  | { readonly ok: true; readonly proxy: SocksProxy }
  /** One plain sentence that does not repeat what was typed: it may hold a password. */
  | { readonly ok: false; readonly message: string };

/** `socks5://HOST[:PORT]` or `socks5://USER:PASSWORD@HOST[:PORT]`, the latter two percent-encoded. */
export function readSocksProxy(text: string): ProxyReading {
  const url = parseUrl(text);
  if (url === null) return refused;
  const bare = url.search === '' && url.hash === '' && /^\/?$/.test(url.pathname);
  const port = url.port === '' ? SOCKS_PORT : Number(url.port);
  const user = decoded(url.username);
  const password = decoded(url.password);
  if (url.protocol !== 'socks5:' || url.hostname === '' || !bare || port === 0) return refused;
  if (user === null || password === null) return refused;
  if (Buffer.byteLength(user) > MAX_CREDENTIAL_OCTETS) return tooLong;
  if (Buffer.byteLength(password) > MAX_CREDENTIAL_OCTETS) return tooLong;
  return {
    ok: true,
    proxy: {
      host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
      port,
      label: `${url.hostname}:${port}`,
      credentials: user === '' && password === '' ? null : { user, password },
    },
  };
}

/** RFC 1928 §3. */
const SOCKS_PORT = 1080;
/** RFC 1929 §2: lengths are one octet. */
const MAX_CREDENTIAL_OCTETS = 255;

const refused = {
  ok: false,
  message: 'The proxy must be given as socks5://HOST:PORT or socks5://USER:PASSWORD@HOST:PORT.',
} as const;

const tooLong = {
  ok: false,
  message: `User and password of a SOCKS5 proxy have ${MAX_CREDENTIAL_OCTETS} octets at most.`,
} as const;

function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    // Whatever is wrong with it, the sentence that says what it should be helps most.
    return null;
  }
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign.
    return null;
  }
}
