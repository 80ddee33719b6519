// What misbehaving mail servers do at each stage of a STARTTLS session, one entry a server (RFC 5321 §3.1 and §4.2, RFC 3207 §4).

/** Each part has a sound default, so that an entry says only what is odd. */
export interface MailScript {
  /** The greeting, CRLF included; null: none ever comes. */
  readonly greeting?: string | null;
  readonly ehlo?: string | null;
  readonly starttls?: string | null;
  /** What follows the 220 to STARTTLS. */
  readonly tls?: 'serve' | 'silence' | 'close' | 'plaintext';
  /** Octets go out one by one, this many milliseconds apart. */
  readonly dripMs?: number;
  /** Only TLS 1.0 and 1.1 (RFC 8996). */
  readonly oldTls?: true;
}

const STARTTLS = 'STARTTLS\r\n';

/** One line more than anybody needs; readers give up at some number (RFC 5321 §4.5.3.1.10 leaves it open). */
const MANY_LINES = 5_000;
const LONG_LINE = 1_000_000;

export const MAIL_FAULTS = {
  'stall-greeting': { greeting: null },
  'stall-ehlo': { ehlo: null },
  'stall-starttls': { starttls: null },
  'stall-tls': { tls: 'silence' },
  /** Never silent for long, and never done. */
  drip: { greeting: `220 ${'mx '.repeat(200)}\r\n`, dripMs: 300 },

  'greeting-421': { greeting: '421 4.3.2 too busy\r\n' },
  'greeting-554': { greeting: '554 5.7.1 no mail from there\r\n' },
  'ehlo-550': { ehlo: '550 5.7.1 not you\r\n' },
  'starttls-454': { starttls: '454 4.7.0 TLS not available\r\n' },
  'starttls-554': { starttls: '554 5.7.3 no TLS for you\r\n' },
  'close-after-220': { tls: 'close' },
  'plaintext-after-220': { tls: 'plaintext' },

  'long-greeting': { greeting: `220 ${'x'.repeat(LONG_LINE)}` },
  'huge-ehlo': { ehlo: `${'250-X-ANOTHER-EXTENSION\r\n'.repeat(MANY_LINES)}250 ${STARTTLS}` },
  /** A reply to a command that nobody has sent yet, put there before TLS begins (RFC 3207 §6, CVE-2011-0411). */
  injection: { starttls: '220 2.0.0 go on\r\n250-injected\r\n250 AUTH PLAIN\r\n' },

  /** Odd, and all right. */
  fragmented: { ehlo: `250-mx\r\n250-PIPELINING\r\n250 ${STARTTLS}`, dripMs: 2 },
  'long-welcome': { greeting: '220-mx ESMTP\r\n220-no spam\r\n220 thank you\r\n' },
  'lower-case': { ehlo: '250-mx\r\n250 starttls\r\n' },

  'old-tls': { oldTls: true },
} as const satisfies Readonly<Record<string, MailScript>>;

export type MailFault = keyof typeof MAIL_FAULTS;

export const SOUND_SCRIPT = {
  greeting: '220 mx ESMTP\r\n',
  ehlo: `250-mx\r\n250 ${STARTTLS}`,
  starttls: '220 2.0.0 go on\r\n',
  tls: 'serve',
} as const satisfies MailScript;
