/** Commands that show from outside whether a mail server satisfies its TLSA records: OpenSSL’s s_client(1). */
import { shellWord } from '../findings/safe-text.ts';
import type { ServerPlace, SettingsTest } from './settings.ts';

/** Ports on which TLS starts at once (RFC 8314 §3.3 and the registry of IANA); elsewhere it is STARTTLS. */
const IMPLICIT_TLS_PORTS: readonly number[] = [443, 465, 993, 995];

/** One test a key type, since a client sees one key only. */
export function openSslTests({ host, port, files, records }: ServerPlace): readonly SettingsTest[] {
  const wanted = records === undefined || records.length === 0 ? ['3 1 1 HEX'] : records;
  const rrdata = wanted.map((record) => `-dane_tlsa_rrdata ${shellWord(record)}`).join(' ');
  const start = IMPLICIT_TLS_PORTS.includes(port) ? '' : '-starttls smtp ';
  const target = shellWord(`${host}:${port}`);
  const name = shellWord(host);
  const command = `openssl s_client ${start}-connect ${target} -servername ${name} -dane_tlsa_domain ${name} ${rrdata} -dane_ee_no_namechecks`;
  const tests = keyOffers(files.map(({ keyType }) => keyType));
  return tests.map(({ words, options }) => ({
    title: `The server satisfies its TLSA records${words}`,
    command: `${command}${options} </dev/null`,
    expect: '“Verify return code: 0 (ok)” and a line “DANE TLSA … matched … at depth …”.',
  }));
}

interface KeyOffer {
  readonly words: string;
  readonly options: string;
}

function keyOffers(keyTypes: readonly (string | null)[]): readonly KeyOffer[] {
  if (keyTypes.length < 2) return [{ words: '', options: '' }];
  const offers = Object.entries(SIGNATURES).flatMap(([family, algorithms]) =>
    keyTypes.some((keyType) => keyType?.startsWith(family) === true)
      ? [{ words: ` with its ${family} key`, options: ` -sigalgs ${algorithms}` }]
      : [],
  );
  return offers.length === 0 ? [{ words: '', options: '' }] : offers;
}

/** Names as SSL_CONF_cmd(3) reads them; RSA needs PSS for TLS 1.3. */
const SIGNATURES: Readonly<Record<string, string>> = {
  RSA: 'rsa_pss_rsae_sha256:RSA+SHA256',
  ECDSA: 'ECDSA+SHA256:ECDSA+SHA384',
  Ed25519: 'ed25519',
};
