/** What the settings of one mail software are made of: texts to copy, commands that test them, where it is documented. */
import { printable } from '../findings/safe-text.ts';

export interface ServerPlace {
  /** The MX host, lower-case A-labels. */
  readonly host: string;
  readonly port: number;
  /** The records name an issuer (usage 2), which the server then has to send (RFC 7671 §5.2.2). */
  readonly includesIssuer: boolean;
  /** One entry a key type; the order is kept. */
  readonly files: readonly [CertificateFiles, ...CertificateFiles[]];
  /** TLSA records to test with, `usage selector matchingType hex`. */
  readonly records?: readonly string[] | undefined;
}

export interface CertificateFiles {
  /** As in a report: `RSA 2048`, `ECDSA P-256`; or null where it is not known. */
  readonly keyType: string | null;
  readonly keyPath: string;
  /** PEM, the certificate alone. */
  readonly certificatePath: string;
  /** PEM, the certificate and then its issuers; null when there is no such file. */
  readonly chainPath: string | null;
}

/** A text to copy, or steps to take. */
export interface SettingsPart {
  /** Where it goes, in plain words or as a file name. */
  readonly where: string;
  readonly kind: 'text' | 'steps';
  readonly text: string;
}

export interface SettingsTest {
  /** What it shows, as a title. */
  readonly title: string;
  /** To paste into a shell; null where there is only something to look at. */
  readonly command: string | null;
  /** What is seen when all is well. */
  readonly expect: string;
}

export interface ServerSettings {
  readonly title: string;
  /** The versions that the text is for. */
  readonly version: string;
  /** For mail that arrives. */
  readonly inbound: readonly SettingsPart[];
  /** For mail that is sent. */
  readonly outbound: readonly SettingsPart[];
  readonly tests: readonly SettingsTest[];
  readonly notes: readonly string[];
  /** Documentation that each setting was checked against. */
  readonly sources: readonly string[];
}

export interface MailSoftware {
  readonly title: string;
  readonly version: string;
  readonly sources: readonly string[];
  /** A path as its configuration reads it, or null where that cannot be. */
  readonly write: (path: string) => Written;
  readonly settings: (
    place: ServerPlace,
  ) => Pick<ServerSettings, 'inbound' | 'outbound' | 'tests' | 'notes'>;
}

/** What an escape gives: the value as the software reads it, or null where it cannot be written there. */
export type Written = string | null;

/** The file that holds what the server has to send. */
export function chainFile({ chainPath, certificatePath }: CertificateFiles): string {
  return chainPath ?? certificatePath;
}

/** A path that the software cannot read stands as this, and a note says why. */
export const UNWRITABLE = '/path/to/rename-this-file.pem';

/** Printable, and on one line: anything else could end a setting or hide one. */
export function isPlainLine(text: string): boolean {
  return text !== '' && printable(text) === text;
}
