/** Why a mail server was not spoken to as far as its certificate, in a few words. */

export function failureWords(failure: string | null): string {
  if (failure === null) return 'no certificate';
  return WORDS.get(failure) ?? failure;
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['private-address', 'private address'],
  ['timeout', 'does not answer'],
  ['refused', 'connection refused'],
  ['unreachable', 'no route to it'],
  ['closed', 'closed the connection'],
  ['rejected', 'turned us away'],
  ['protocol', 'speaks no SMTP'],
  ['starttls-missing', 'no STARTTLS'],
  ['starttls-refused', 'STARTTLS refused'],
  ['tls-failed', 'TLS failed'],
  ['limit', 'sent too much'],
  ['proxy', 'proxy failed'],
  ['unsupported', 'TLS beyond our library'],
  ['skipped', 'left out'],
]);
