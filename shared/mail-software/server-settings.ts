/** Settings to copy for a mail server that receives and sends with DANE (RFC 7672), one entry a mail software. */
import { EXIM } from './exim-settings.ts';
import { HALON } from './halon-settings.ts';
import { POSTFIX } from './postfix-settings.ts';
import { POWERMTA } from './powermta-settings.ts';
import { chainFile, isPlainLine, UNWRITABLE } from './settings.ts';
import type { CertificateFiles, MailSoftware, ServerPlace, ServerSettings } from './settings.ts';
import { RESOLVER_PART, RESOLVER_TESTS } from './resolver-settings.ts';
import { openSslTests } from './settings-tests.ts';

const table = {
  postfix: POSTFIX,
  exim: EXIM,
  halon: HALON,
  powermta: POWERMTA,
} as const satisfies Readonly<Record<string, MailSoftware>>;

export type MailSoftwareName = keyof typeof table;

/** In the order of a menu. */
export const mailSoftware: Readonly<Record<MailSoftwareName, MailSoftware>> = table;

export function serverSettings(name: MailSoftwareName, place: ServerPlace): ServerSettings {
  const software = mailSoftware[name];
  const { files, notes } = writableFiles(software, place.files);
  const settings = software.settings({ ...place, files });
  return {
    title: software.title,
    version: software.version,
    inbound: settings.inbound,
    outbound: [RESOLVER_PART, ...settings.outbound],
    tests: [...settings.tests, ...openSslTests(place), ...RESOLVER_TESTS],
    notes: [...notes, ...placeNotes(place), ...settings.notes],
    sources: software.sources,
  };
}

/** Where certbot keeps what it got for a host; a second key type is a second lineage. */
export function certbotFiles(
  host: string,
  keyTypes: readonly string[],
): readonly [CertificateFiles, ...CertificateFiles[]] {
  const name = HOST_NAME.test(host) && !host.includes('..') ? host : 'HOST';
  const filesOf = (keyType: string | null, lineage: string): CertificateFiles => ({
    keyType,
    keyPath: `/etc/letsencrypt/live/${lineage}/privkey.pem`,
    certificatePath: `/etc/letsencrypt/live/${lineage}/cert.pem`,
    chainPath: `/etc/letsencrypt/live/${lineage}/fullchain.pem`,
  });
  const [first, ...others] = keyTypes;
  return [
    filesOf(first ?? null, name),
    ...others.map((keyType, index) => filesOf(keyType, `${name}-${index + 2}`)),
  ];
}

const HOST_NAME = /^[a-z0-9_][a-z0-9_.-]*$/;

/** A path that the software could misread is left out, and told. */
function writableFiles(
  { title, write }: MailSoftware,
  files: ServerPlace['files'],
): { readonly files: ServerPlace['files']; readonly notes: readonly string[] } {
  const refused = new Set<string>();
  const safe = (path: string): string => {
    if (isPlainLine(path) && write(path) !== null) return path;
    refused.add(path);
    return UNWRITABLE;
  };
  const safeFiles = (entry: CertificateFiles): CertificateFiles => ({
    ...entry,
    keyPath: safe(entry.keyPath),
    certificatePath: safe(chainFile(entry)),
    chainPath: null,
  });
  const [first, ...others] = files;
  const written: ServerPlace['files'] = [safeFiles(first), ...others.map(safeFiles)];
  const notes =
    refused.size === 0
      ? []
      : [
          `The name of a certificate or key file has characters that ${title} cannot read in its configuration. Give the file a plain name, and put that in place of ${UNWRITABLE}.`,
        ];
  return { files: written, notes };
}

function placeNotes({ includesIssuer, files, port }: ServerPlace): readonly string[] {
  const withoutChain = files.some(({ chainPath }) => chainPath === null);
  return [
    ...(includesIssuer
      ? [
          'A TLSA record with usage 2 holds only while the server sends the issuer that it names. Files of a public authority usually lack the root: where the record names the root, append the root’s certificate to the file.',
        ]
      : []),
    ...(withoutChain
      ? [
          'The file named for the certificate must hold the certificate first and then its issuers, each below the one that it signed: cat cert.pem issuer.pem > fullchain.pem',
        ]
      : []),
    ...(files.length > 1
      ? [
          'With keys of two types some senders see one, some the other. Publish TLSA records for both.',
        ]
      : []),
    ...(port === 25
      ? []
      : [
          `Senders look for the TLSA records of port ${port} at _${port}._tcp. The settings below are for the whole server; the port itself is set where the software lists what it listens on.`,
        ]),
    'Offer STARTTLS to every client, unknown ones too. A sender with DANE that is not offered it never delivers.',
  ];
}
