/** Domains named from outside the window: by a link, a second start, the menu, a notification. */
import { domainToASCII } from 'node:url';
import { readDomainInput } from '../../shared/inspection/domain-input.ts';
import type { OutsideDomain } from '../../shared/ipc/preferences.ts';

/** `dane-inspector://example.org` (RFC 3986 §3: scheme and authority, and nothing else). */
export const LINK_SCHEME = 'dane-inspector';

/** Takes whatever claims to be one: it is read strictly later, and never for a domain, a file or an option. */
export function isLink(word: string): boolean {
  return word.toLowerCase().startsWith(`${LINK_SCHEME}:`);
}

/**
 * The domain in A-labels, or null. No user, port, path, query, fragment or percent-encoding: whoever makes
 * a link chooses a name to ask about, and nothing of how.
 */
export function domainOfLink(link: string): string | null {
  const host = LINK.exec(link)?.[1];
  if (host === undefined) return null;
  const input = readDomainInput(host, () => '');
  return input.ok ? input.domain.key : null;
}

/** RFC 1035 §2.3.4: 253 characters; browsers add the slash. */
const LINK = new RegExp(`^${LINK_SCHEME}://([a-z0-9._-]{1,253})/?$`, 'i');

export const UNFIT_LINK =
  'A link to this program named no domain. Nothing was asked. Such a link looks like dane-inspector://example.org.';

/** What waits for the window: the last that the person named, and one link at most. */
export class OutsideDomains {
  readonly #changed: () => void;
  #named: OutsideDomain | null = null;
  #link: OutsideDomain | null = null;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Gives the sentence to tell where it is none. */
  add(typed: string, from: 'start' | 'menu' | 'notification', ask = false): string | null {
    const input = readDomainInput(typed, domainToASCII);
    if (!input.ok) return input.message;
    this.#named = { domain: input.domain.key, from, ask };
    this.#changed();
    return null;
  }

  /** A page that sends many of them has one question asked, and the first domain stays the one that is asked about. */
  addLink(link: string): string | null {
    const domain = domainOfLink(link);
    if (domain === null) return UNFIT_LINK;
    this.#link ??= { domain, from: 'link', ask: true };
    this.#changed();
    return null;
  }

  /** Hands over what waits, once. */
  take(): OutsideDomain | null {
    const next = this.#named ?? this.#link;
    if (next === this.#named) this.#named = null;
    else this.#link = null;
    return next;
  }
}
