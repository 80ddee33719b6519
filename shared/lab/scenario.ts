/** The situations that a sender is put into, and what RFC 7672 asks of it in each. */
import type { Deed } from './deed.ts';

export type ScenarioId =
  | 'do'
  | 'dont'
  | 'wrong'
  | 'strip'
  | 'bogus'
  | 'servfail'
  | 'unusable'
  | 'unusable-strip'
  | 'ta'
  | 'ta-name'
  | 'ta-expired'
  | 'ta-missing'
  | 'expired'
  | 'cname'
  | 'cname-wrong'
  | 'insecure'
  | 'fallback'
  | 'ancestor'
  | 'injected';

/** What a deed is worth under the RFC. */
export type Worth =
  /** As the RFC has it. */
  | 'conforms'
  /** Mail went where it must not go, or in the clear where it must not. */
  | 'unsafe'
  /** Mail did not go where it must go, or should. */
  | 'too-strict'
  /** The RFC leaves it to the sender. */
  | 'allowed'
  /** Cannot come of this situation, so something else went on. */
  | 'odd';

export interface Scenario {
  /** The label below the base name too. */
  readonly id: ScenarioId;
  /** A few words, as a heading. */
  readonly title: string;
  /** One sentence: what DNS says, and what the mail server does. */
  readonly setting: string;
  /** One sentence: what the RFC says a client must, should or may do. */
  readonly duty: string;
  readonly clause: string;
  /** What is not named here cannot come of it, and is `odd`. */
  readonly worth: Readonly<Partial<Record<Deed, Worth>>>;
  /** A host to which mail must not be given though another may have it: 1 is the best preferred. */
  readonly forbiddenHost?: number;
  /** Mail arrives where all is well; what counts as a refusal otherwise is seen before or after the connection. */
  readonly refusal: 'before-connection' | 'in-session';
  /** Told apart before TLS begins, so that its mail server needs an address of its own. */
  readonly ownAddress: boolean;
}

type Worths = Scenario['worth'];

/** Mail must arrive, over TLS. */
const MUST_DELIVER: Worths = {
  'delivered-tls': 'conforms',
  'delivered-clear': 'unsafe',
  refused: 'too-strict',
};
/** Mail must not arrive. */
const MUST_NOT_DELIVER: Worths = {
  'delivered-tls': 'unsafe',
  'delivered-clear': 'unsafe',
  refused: 'conforms',
};
/** Without STARTTLS there is no TLS to be seen. */
const MUST_NOT_DELIVER_CLEAR: Worths = { 'delivered-clear': 'unsafe', refused: 'conforms' };

/** Over TLS nothing can come of a situation whose server does not offer STARTTLS. */
export function offersTls({ worth }: Scenario): boolean {
  return worth['delivered-tls'] !== undefined;
}

export const SCENARIOS: readonly Scenario[] = [
  {
    id: 'do',
    title: 'Right records',
    setting: 'Everything is signed, and the record matches the certificate.',
    duty: 'Mail must arrive, over TLS.',
    clause: 'RFC 7672 §2.2',
    worth: MUST_DELIVER,
    refusal: 'in-session',
    ownAddress: false,
  },
  {
    id: 'dont',
    title: 'No records',
    setting: 'Everything is signed, and there is no TLSA record.',
    duty: 'DANE does not apply; mail goes as it would have gone without it. A sender that demands DANE may keep it.',
    clause: 'RFC 7672 §2.2, §6',
    // TLS is a SHOULD where it is offered.
    worth: { 'delivered-tls': 'conforms', 'delivered-clear': 'allowed', refused: 'allowed' },
    refusal: 'in-session',
    ownAddress: false,
  },
  {
    id: 'wrong',
    title: 'Wrong records',
    setting: 'Everything is signed, and no record matches the certificate.',
    duty: 'Mail must not be given to this host.',
    clause: 'RFC 7672 §2.2',
    worth: MUST_NOT_DELIVER,
    refusal: 'in-session',
    ownAddress: false,
  },
  {
    id: 'strip',
    title: 'No STARTTLS',
    setting:
      'There is a record, but the server does not offer STARTTLS, as if somebody on the way had cut it out.',
    duty: 'Mail must not be sent in the clear.',
    clause: 'RFC 7672 §2.2',
    worth: MUST_NOT_DELIVER_CLEAR,
    refusal: 'in-session',
    ownAddress: true,
  },
  {
    id: 'bogus',
    title: 'Forged records',
    setting: 'The record would match, but its signature is not valid.',
    duty: 'The look-up has failed, and the host is treated as unreachable.',
    clause: 'RFC 7672 §2.1.2, §2.2',
    worth: MUST_NOT_DELIVER,
    refusal: 'before-connection',
    ownAddress: false,
  },
  {
    id: 'servfail',
    title: 'Look-up of the records fails',
    setting: 'The name server answers SERVFAIL to the question for the TLSA record.',
    duty: 'The look-up has failed, and the host is treated as unreachable.',
    clause: 'RFC 7672 §2.1.2, §2.2',
    worth: MUST_NOT_DELIVER,
    refusal: 'before-connection',
    ownAddress: false,
  },
  {
    id: 'unusable',
    title: 'Records that nobody can use',
    setting: 'The only record has usage 1 (PKIX-EE), which SMTP does not use. STARTTLS is offered.',
    duty: 'TLS is a must, but the certificate need not match; mail arrives. A sender that demands DANE may keep it.',
    clause: 'RFC 7672 §2.2, §3.1.3, §6',
    // What a client does with usage 1 is not laid down, and with mandatory DANE mail waits for usable records.
    worth: { ...MUST_DELIVER, refused: 'allowed' },
    refusal: 'in-session',
    ownAddress: false,
  },
  {
    id: 'unusable-strip',
    title: 'Unusable records, no STARTTLS',
    setting: 'The only record has usage 1 (PKIX-EE), and the server does not offer STARTTLS.',
    duty: 'TLS is a must even with unusable records: mail must not be sent in the clear.',
    clause: 'RFC 7672 §2.2, §2.2.3',
    worth: MUST_NOT_DELIVER_CLEAR,
    refusal: 'in-session',
    ownAddress: true,
  },
  {
    id: 'ta',
    title: 'Right issuer',
    setting:
      'The record names the issuer (2 1 1), who stands in the chain, and the certificate has the right name.',
    duty: 'Mail must arrive, over TLS.',
    clause: 'RFC 7672 §3.1.2',
    worth: MUST_DELIVER,
    refusal: 'in-session',
    ownAddress: false,
  },
  {
    id: 'ta-name',
    title: 'Right issuer, other name',
    setting: 'The record names the issuer, but the certificate is for another host.',
    duty: 'With usage 2 the name counts: mail must not be given to this host.',
    clause: 'RFC 7672 §3.1.2, §3.2.2',
    worth: MUST_NOT_DELIVER,
    refusal: 'in-session',
    ownAddress: false,
  },
  {
    id: 'ta-expired',
    title: 'Right issuer, expired',
    setting: 'The record names the issuer, but the certificate has expired.',
    duty: 'With usage 2 the dates count: mail must not be given to this host.',
    clause: 'RFC 6698 §2.1.1, RFC 5280 §6.1.3',
    worth: MUST_NOT_DELIVER,
    refusal: 'in-session',
    ownAddress: false,
  },
  {
    id: 'ta-missing',
    title: 'Issuer missing from the chain',
    setting: 'The record holds a digest of the issuer, whom the server leaves out of its chain.',
    duty: 'Nothing in the chain matches: mail must not be given to this host.',
    clause: 'RFC 7672 §2.2, §3.1.2',
    worth: MUST_NOT_DELIVER,
    refusal: 'in-session',
    ownAddress: false,
  },
  {
    id: 'expired',
    title: 'Expired, with its own record',
    setting:
      'The record names the very key (3 1 1) of a certificate that has expired and has another name.',
    duty: 'With usage 3 neither name nor dates count: mail must arrive.',
    clause: 'RFC 7672 §3.1.1',
    worth: MUST_DELIVER,
    refusal: 'in-session',
    ownAddress: false,
  },
  {
    id: 'cname',
    title: 'Records behind an alias',
    setting: 'The TLSA name is an alias (CNAME) for another signed name, whose record matches.',
    duty: 'The alias is followed, and mail must arrive.',
    clause: 'RFC 7672 §2.2.3',
    worth: MUST_DELIVER,
    refusal: 'in-session',
    ownAddress: false,
  },
  {
    id: 'cname-wrong',
    title: 'Wrong records behind an alias',
    setting:
      'The TLSA name is an alias (CNAME) for another signed name, whose record does not match.',
    duty: 'The alias is followed, and mail must not be given to this host.',
    clause: 'RFC 7672 §2.2.3',
    worth: MUST_NOT_DELIVER,
    refusal: 'in-session',
    ownAddress: false,
  },
  {
    id: 'insecure',
    title: 'Domain not signed, host signed',
    setting:
      'The MX record is in an unsigned zone; the host is in a signed one, and its record does not match.',
    duty: 'A client may apply DANE here, or leave it.',
    clause: 'RFC 7672 §2.2.1',
    worth: { 'delivered-tls': 'allowed', 'delivered-clear': 'allowed', refused: 'allowed' },
    refusal: 'in-session',
    ownAddress: false,
  },
  {
    id: 'fallback',
    title: 'First host fails, second is right',
    setting: 'The record of the better-preferred host does not match; that of the other host does.',
    duty: 'Mail must not be given to the first host; it should go on to the second, and arrive there.',
    clause: 'RFC 7672 §2.2, RFC 5321 §5.1',
    worth: MUST_DELIVER,
    forbiddenHost: 1,
    refusal: 'in-session',
    ownAddress: false,
  },
  {
    id: 'ancestor',
    title: 'Ancestor denied',
    setting:
      'The name server proves that the name above the record (_tcp.…) does not exist. The record does not match.',
    duty: 'Not laid down for the client. Mail that is kept shows that the resolver found the record, mail that arrives that it lost it.',
    clause: 'RFC 8020 §2, RFC 9156 §3',
    worth: { 'delivered-tls': 'allowed', 'delivered-clear': 'allowed', refused: 'allowed' },
    refusal: 'in-session',
    ownAddress: false,
  },
  {
    id: 'injected',
    title: 'Plaintext behind the 220',
    setting:
      'Behind “220” to STARTTLS the server sends more plaintext, as somebody on the way would. The record matches.',
    duty: 'The plaintext must not count for anything. Going on without it, or breaking off, is both right.',
    clause: 'RFC 3207 §4.2, §6',
    worth: {
      'delivered-tls': 'conforms',
      'delivered-clear': 'unsafe',
      refused: 'conforms',
      fooled: 'unsafe',
    },
    refusal: 'in-session',
    ownAddress: true,
  },
];
