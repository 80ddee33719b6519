/** The OpenSSL commands that decode a certificate, and that work its TLSA data out, elsewhere (RFC 6698 §2.1). */
import { readPem, writePem } from '../x509/pem.ts';
import { servedChainCommand, type MailServer } from './command-mail.ts';

/** What of a certificate a record holds, and how. */
export interface Association {
  readonly selector: number;
  readonly matchingType: number;
}

/** Decodes a certificate that stands in the command itself; null where the text holds none. */
export function decodeCommand(pem: string): string | null {
  const given = givenCertificate(pem);
  return given === null
    ? null
    : `openssl x509 -noout -text -fingerprint -sha256 ${given.redirect}\n${given.lines}`;
}

/** Works the association data out from a certificate in the command itself; null where that cannot be. */
export function dataCommand(pem: string, association: Association): string | null {
  const [first, ...rest] = stepsOf(association) ?? [];
  const given = givenCertificate(pem);
  if (first === undefined || given === null) return null;
  return `${[`${first} ${given.redirect}`, ...rest].join(' | ')}\n${given.lines}`;
}

/** The same from what a server presents now; depth 0 is its own certificate. */
export function servedDataCommand(
  server: MailServer,
  depth: number,
  association: Association,
): string | null {
  const steps = stepsOf(association);
  if (steps === null) return null;
  const chosen = `awk '/^-----BEGIN CERTIFICATE-----/ { seen++ } seen == ${depth + 1}'`;
  return [`${servedChainCommand(server)} 2>/dev/null`, chosen, ...steps].join(' | ');
}

/** Programs in a pipe, the first of which reads PEM; null for numbers that the registries do not know. */
function stepsOf({ selector, matchingType }: Association): readonly string[] | null {
  const select = [
    ['openssl x509 -outform DER'],
    ['openssl x509 -noout -pubkey', 'openssl pkey -pubin -outform DER'],
  ][selector];
  const match = ["od -An -v -tx1 | tr -d ' \\n'", 'openssl sha256', 'openssl sha512'][matchingType];
  return select === undefined || match === undefined ? null : [...select, match];
}

const END = 'END_OF_CERTIFICATE';

/** Written anew from its octets: text that merely stood beside them would be read by the shell. */
function givenCertificate(
  pem: string,
): { readonly redirect: string; readonly lines: string } | null {
  const reading = readPem(pem);
  const [der] = reading.ok ? reading.certificates : [];
  return der === undefined ? null : { redirect: `<<'${END}'`, lines: `${writePem(der)}${END}` };
}
