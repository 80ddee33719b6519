/** The commands of OpenSSL, Postfix and others that show what a mail server presents, and how it fares, elsewhere. */
import { USAGE } from '../dane/usability.ts';
import { Facts } from '../findings/facts.ts';
import { chainCommand, namelessCommand, sClient, talkCommand } from '../findings/mail-commands.ts';
import { shellWord } from '../findings/safe-text.ts';

export interface MailServer {
  readonly host: string;
  readonly address: string;
  readonly port: number;
  /** The name sent in the handshake; null for none. */
  readonly sni: string | null;
  /** Asks for keys of this kind alone, of a server that has several. */
  readonly keys?: 'rsa' | 'ecdsa' | 'eddsa' | undefined;
}

/** As s_client takes them; without RSA no suite may be left that needs no signature (RFC 5246 §7.4.2). */
const KEY_OPTIONS: Readonly<Record<NonNullable<MailServer['keys']>, string>> = {
  rsa: '-sigalgs rsa_pss_rsae_sha256:rsa_pss_rsae_sha384:rsa_pkcs1_sha256:rsa_pkcs1_sha384:rsa_pkcs1_sha512',
  ecdsa: "-sigalgs ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA512 -cipher 'DEFAULT:!kRSA:!aRSA'",
  eddsa: "-sigalgs ed25519:ed448 -cipher 'DEFAULT:!kRSA:!aRSA'",
};

/** `usage selector matchingType hex`, as in the records of a report. */
export interface PublishedRecord {
  readonly usage: number;
  readonly selector: number;
  readonly matchingType: number;
  /** Lower-case hex. */
  readonly data: string;
}

const SMTP_PORT = 25;

/** Shows the certificates that one address presents. */
export function servedChainCommand(server: MailServer): string {
  const facts = factsOf(server);
  return ofKeys(server, server.sni === null ? namelessCommand(facts) : chainCommand(facts));
}

function ofKeys({ keys }: MailServer, command: string): string {
  return keys === undefined
    ? command
    : command.replace(/^openssl s_client/, (start) => `${start} ${KEY_OPTIONS[keys]}`);
}

/** Shows the conversation before TLS. */
export function conversationCommand(server: MailServer): string {
  return talkCommand(factsOf(server));
}

/**
 * Lets OpenSSL judge one address by these records: it says “Verification: OK”, or why not. Null where no
 * record can be used in mail (RFC 7672 §3.1.3).
 */
export function opensslDaneCommand(
  server: MailServer,
  baseDomain: string,
  records: readonly PublishedRecord[],
): string | null {
  const usable = records.filter(
    ({ usage, data }) =>
      (usage === USAGE.daneTa || usage === USAGE.daneEe) && /^([0-9a-f]{2})+$/.test(data),
  );
  if (usable.length === 0) return null;
  return [
    `${ofKeys(server, sClient(factsOf(server)))} -brief`,
    // RFC 7672 §3.1.1: with DANE-EE(3) names are not checked.
    `-dane_ee_no_namechecks -dane_tlsa_domain ${shellWord(baseDomain)}`,
    ...usable.map(
      ({ usage, selector, matchingType, data }) =>
        `-dane_tlsa_rrdata '${usage} ${selector} ${matchingType} ${data}'`,
    ),
  ]
    .join(' \\\n  ')
    .concat(' </dev/null');
}

/** Lets Postfix look the records up through the system's resolver, which has to validate, and judge the host. */
export function postfixCommand(host: string, port: number): string {
  // Postfix takes what stands in brackets for a host, and does not look for its MX.
  const target = shellWord(port === SMTP_PORT ? `[${host}]` : `[${host}]:${port}`);
  return `posttls-finger -t30 -T30 -c -L summary -l dane ${target}`;
}

/** Fetches the MTA-STS policy file as senders do: over HTTPS, following no redirect (RFC 8461 §3.3). */
export function policyFileCommand(domain: string): string {
  return `curl -sS ${shellWord(`https://mta-sts.${domain}/.well-known/mta-sts.txt`)}`;
}

function factsOf({ host, address, port, sni }: MailServer): Facts {
  return new Facts(host, { address, host, port, ...(sni === null ? {} : { sni }) });
}
