/** OpenSSL and network commands that show what a mail server presents; every value is quoted for a shell. */
import type { Facts } from './facts.ts';

/** Prints the SHA-256 of the served key: the data of a `3 1 1` record. */
export function keyHashCommand(facts: Facts): string {
  return (
    `${sClient(facts)} </dev/null 2>/dev/null | openssl x509 -noout -pubkey` +
    ' | openssl pkey -pubin -outform DER | openssl sha256'
  );
}

/** Prints every certificate as sent. */
export function chainCommand(facts: Facts): string {
  return `${sClient(facts)} -showcerts </dev/null`;
}

/** The same without SNI. */
export function namelessCommand(facts: Facts): string {
  return `openssl s_client -starttls smtp -connect ${connectTo(facts)} -noservername -showcerts </dev/null`;
}

/** Shows the conversation up to EHLO. */
export function talkCommand(facts: Facts): string {
  const target = facts.word('address', facts.subject);
  return `(sleep 8; printf 'EHLO test.example\\r\\n'; sleep 3; printf 'QUIT\\r\\n') | nc ${target} ${facts.number('port', 25)}`;
}

/** Shows the TLS handshake after STARTTLS. */
export function sClient(facts: Facts): string {
  const name = facts.word('sni', facts.say('host', facts.subject));
  return `openssl s_client -starttls smtp -connect ${connectTo(facts)} -servername ${name}`;
}

function connectTo(facts: Facts): string {
  return facts.endpointWord('address', facts.say('host', facts.subject), facts.number('port', 25));
}
