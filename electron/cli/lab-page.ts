/** The page for visitors of `lab --outbound`: opened beside the test, its address told, its troubles said. */
import { ownAddress } from '../../shared/lab/address-mapping.ts';
import { HTTP_PORT } from '../../shared/lab/place.ts';
import { webListeningAdvice } from '../../shared/lab/web-listening-words.ts';
import { openVisitorPage, type OutboundTest } from '../compose.ts';
import type { OutboundRequest } from './lab-options.ts';
import { tellAdvice } from './lab-trouble.ts';
import type { Terminal } from './terminal.ts';

export interface Page {
  /** What visitors type; null where nobody wanted a page. */
  readonly url: string | null;
  close(): Promise<void>;
}

const NO_PAGE: Page = { url: null, close: () => Promise.resolve() };

/** Null when it cannot be opened, which is told. */
export async function openPage(
  test: OutboundTest,
  request: OutboundRequest,
  version: string,
  terminal: Terminal,
): Promise<Page | null> {
  const { web, base } = request;
  if (web === null) return NO_PAGE;
  const endpoint = { address: ownAddress(request.nat, web.address), port: web.port };
  // Where it is delegated, the base name leads to the page.
  const name = request.open ? base : null;
  const opened = await openVisitorPage(test, { ...request, version, endpoint, name });
  if (opened.ok) {
    const { value } = opened;
    return { url: urlOf(name ?? web.address, web.port), close: () => value.close() };
  }
  const { failure } = opened;
  const code = failure.kind === 'unreachable' ? failure.code : failure.kind;
  tellAdvice(webListeningAdvice({ ...endpoint, code }), terminal);
  return null;
}

/** A person gets a line, a program an event. */
export function tellPage({ url }: Page, { json }: OutboundRequest, { out }: Terminal): void {
  if (url === null) return;
  out(json ? JSON.stringify({ event: 'page', url }) : `Visitors      ${url}`);
}

/** An IPv6 address stands in brackets (RFC 3986 §3.2.2). */
function urlOf(host: string, port: number): string {
  const authority = host.includes(':') ? `[${host}]` : host;
  return `http://${authority}${port === HTTP_PORT ? '' : `:${port}`}/`;
}
