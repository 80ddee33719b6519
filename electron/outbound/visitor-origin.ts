/** Tells our own form from one that another site’s page sends through a visitor’s browser (Fetch Metadata, RFC 6454). */
import { addressFromText } from '../../shared/dns/address.ts';
import type { WebRequest } from '../net/listen-web.ts';

/**
 * Browsers say where a form comes from: by `Sec-Fetch-Site` where the page is secure, by `Origin` everywhere.
 * Whoever says neither is no browser, and is led by nobody. A name that is not ours may be one that its owner
 * points at this address (DNS rebinding), so that the browser takes his page for ours: an own name, a bare address
 * or `localhost` cannot be.
 */
export function isOwnForm({ header }: Pick<WebRequest, 'header'>, name: string | null): boolean {
  const host = header('host')?.toLowerCase() ?? null;
  if (host !== null && !isOurs(host, name)) return false;
  const site = header('sec-fetch-site');
  if (site !== null && site !== 'same-origin' && site !== 'none') return false;
  const origin = header('origin')?.toLowerCase() ?? null;
  return origin === null || (host !== null && ORIGIN_SCHEMES.some((it) => origin === it + host));
}

/** Something in front of us may speak TLS. */
const ORIGIN_SCHEMES = ['http://', 'https://'];

function isOurs(host: string, name: string | null): boolean {
  const bare = host.replace(/:\d{1,5}$/, '');
  const literal = /^\[(.*)\]$/.exec(bare)?.[1] ?? bare;
  return (
    addressFromText(literal) !== null || bare === 'localhost' || bare.replace(/\.$/, '') === name
  );
}
