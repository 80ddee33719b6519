/** The words of a ticket about names above a TLSA record (RFC 4592 §2.2.2, RFC 5155 §7, RFC 8020, RFC 8198, RFC 9156). */
import type { FindingCode } from '../findings/codes.ts';
import { shellWord, zoneFileName } from '../findings/safe-text.ts';
import type { TicketItem } from './ticket-items.ts';

export type AncestorFault = Extract<
  FindingCode,
  'ancestor-nxdomain' | 'ancestor-denied' | 'ancestor-bogus' | 'ancestor-lookup-failed'
>;

/** All texts are safe to show, but for the keys. */
export interface AncestorFacts {
  readonly names: string;
  readonly one: boolean;
  /** The name of the records that are lost. */
  readonly below: string;
  /** As `Name.key`. */
  readonly zoneKey: string;
  readonly keys: readonly string[];
  readonly reason: string;
  /** `NS over UDP`, where only such questions fail; else empty. */
  readonly only: string;
  /** No server of the zone gives another answer. */
  readonly everywhere: boolean;
  /** A valid signature vouches for it. */
  readonly proven: boolean;
  readonly signed: boolean;
}

interface AnswerWords {
  readonly now: string;
  readonly right: string;
}

interface Words extends Record<
  'title' | 'what' | 'consequence',
  (facts: AncestorFacts) => TicketItem['what']
> {
  readonly rules: (facts: AncestorFacts) => readonly string[];
  readonly change: (facts: AncestorFacts) => readonly string[];
  /** `status` is null where no reply came that could be read. */
  readonly answer: (
    name: string,
    question: {
      readonly status: string | null;
      readonly reason: string;
      readonly record: string;
      /** In one of so many answers it is. */
      readonly among: number;
    },
  ) => AnswerWords;
}

const STEP_BY_STEP =
  'Many mail senders ask a resolver that walks down to the TLSA records name by name, so as to tell each server no more than it must (RFC 9156).';

export const ANCESTOR_TICKET_WORDS: Readonly<Record<AncestorFault, Words>> = {
  'ancestor-nxdomain': {
    title: ({ names }) => `“No such name” for ${names}`,
    what: ({ names, one, below, only }) =>
      `The servers below answer NXDOMAIN, “no such name”, for ${names}${limited(only)}. But ${below} exists below ${one ? 'it' : 'such a name'} and has TLSA records, so ${one ? 'the name exists' : 'these names exist'} as well, if without records of ${one ? 'its' : 'their'} own.`,
    consequence: (facts) => `${STEP_BY_STEP} ${lossOf(facts)}`,
    rules: ({ signed }) => [
      'RFC 8020 §2: NXDOMAIN means that nothing exists below the name either.',
      'RFC 4592 §2.2.2: a name that only has names below it exists; the answer is NOERROR.',
      ...(signed ? [DENIAL_OF_NO_DATA] : []),
    ],
    change: (facts) => [...signAnew(facts), ...ownRecord(facts)],
    answer: (name, { status }) => ({
      now: status === null ? NO_REPLY : `status: ${status}`,
      right: rightAnswer(name),
    }),
  },
  'ancestor-denied': {
    title: ({ names }) => `A signed proof denies ${names}`,
    what: ({ names, one, below }) =>
      `Answers of the servers below hold a signed record, NSEC or NSEC3, which says that a whole range of names does not exist. ${names} ${one ? 'lies in that range and does' : 'lie in such ranges and do'} exist: ${below} is below ${one ? 'it' : 'such a name'}, or is that name.`,
    consequence: () =>
      'A resolver may keep such a record and answer from it without asking again (RFC 8198). Once somebody has put the question below to it, it says by itself that there are no TLSA records, for as long as it keeps the record. Senders behind it then deliver without DANE: the server they talk to is not verified, and nobody is told.',
    rules: () => [
      'RFC 8198 §5: resolvers may take everything in a denied range for absent.',
      'RFC 5155 §7.1: each name that exists gets its NSEC3 record, one without records of its own too, so no range covers it.',
    ],
    change: (facts) => [...signAnew(facts), ...ownRecord(facts)],
    answer: (name, { status, record, among }) => ({
      now:
        status === null
          ? NO_REPLY
          : `status: ${status}, and in the AUTHORITY section${among > 1 ? ' of one of these answers' : ''} an ${record} record whose range covers ${name}`,
      right: `status: ${status ?? 'NOERROR'}, but no record whose range covers ${name} (an NSEC whose next name is below it does not)`,
    }),
  },
  'ancestor-bogus': {
    title: ({ names }) => `The answer for ${names} does not validate`,
    what: ({ names, reason, only }) =>
      `What the servers below answer for ${names}${limited(only)} does not pass the check of its signatures${reason === '' ? '' : `: ${reason}`}.`,
    consequence: () =>
      `${STEP_BY_STEP} Some of them give up at an answer that does not validate, and the senders behind them keep the mail waiting. Others find the records when they ask for the whole name.`,
    rules: ({ signed }) => [
      'RFC 4035 §5.4: that there is nothing at a name has to be proven by signed records.',
      ...(signed ? [DENIAL_OF_NO_DATA] : []),
    ],
    change: (facts) => [...signAnew(facts), ...ownRecord(facts)],
    answer: (name, { status, reason }) => ({
      now:
        status === null
          ? NO_REPLY
          : `status: ${status}, but it does not validate${reason === '' ? '' : ` (${reason})`}`,
      right: rightAnswer(name),
    }),
  },
  'ancestor-lookup-failed': {
    title: ({ names }) => `No usable answer for ${names}`,
    what: ({ names, only }) =>
      `The servers below give no usable answer for ${names}${limited(only)}, though they answer for other names of the zone.`,
    consequence: () =>
      `${STEP_BY_STEP} Where no server of the zone answers on the way, some of these resolvers give up, and the senders behind them keep the mail waiting. Others go on and find the records. Until a server answers, each of them waits.`,
    rules: () => [
      'RFC 9156 §2.1: resolvers ask for each name on the way, for type A or NS.',
      'RFC 4592 §2.2.2: a name that only has names below it exists; the answer is NOERROR.',
    ],
    change: () => [
      'Let the servers answer for these names as for all others. A usual cause is a firewall or load',
      'balancer in front of them that dislikes names with “_”, or questions of type NS below the apex:',
      'take that rule out, or have a name server answer in its place.',
    ],
    answer: (_, { status }) => ({
      now: status === null ? NO_REPLY : `status: ${status}`,
      right: 'status: NOERROR, whether or not there is something at that name',
    }),
  },
};

const NO_REPLY = 'no reply that can be read, within the time given';

const DENIAL_OF_NO_DATA =
  'RFC 4035 §3.1.3.1, RFC 5155 §7.2.3: with it comes a signed NSEC or NSEC3 record that proves it.';

function rightAnswer(name: string): string {
  return `status: NOERROR, ANSWER: 0, and the signed proof: an NSEC3 record of the hash of ${name}, or an NSEC record whose next name is below ${name}`;
}

function limited(only: string): string {
  return only === '' ? '' : ` (seen for ${only}; other questions for it fare better)`;
}

/** As `docs/senders.md` has it, which was tried out. */
function lossOf({ everywhere, proven }: AncestorFacts): string {
  if (everywhere && proven) {
    return 'There it gets the signed, valid answer that nothing exists further down, and tells the sender that there are no TLSA records. The sender delivers without DANE: the server it talks to is not verified, and nobody is told. Unbound does so as it comes; BIND as it comes asks for the whole name and finds the records.';
  }
  if (everywhere) {
    return 'There it gets an answer without a valid signature, which may be forged for all it knows. Unbound as it comes gives up, and the senders behind it keep the mail waiting; BIND as it comes asks for the whole name and finds the records.';
  }
  return proven
    ? 'Which of the zone’s servers it happens to ask decides: from those below it gets the signed answer that nothing exists further down, and its senders deliver without DANE, unverified, with nobody told; from the others it finds the records.'
    : 'The other servers of the zone answer rightly, so it finds the records there, a moment later. When those are out of reach, mail waits.';
}

/** Causes and cures that are known; what runs at these servers is not. */
function signAnew({ zoneKey }: AncestorFacts): readonly string[] {
  const zone = shellWord(zoneKey);
  return [
    'Sign the zone anew with software that gives names without records of their own their place, then',
    'let every secondary fetch it and compare the serials. Which of these is yours, we do not know:',
    `  PowerDNS:        pdnsutil rectify-zone ${zone}   (after each change in the database)`,
    `  BIND:            rndc sign ${zone}`,
    `  Knot DNS:        knotc zone-sign ${zone}`,
    '  NSD, own script: dnssec-signzone or ldns-signzone over the whole zone, never record by record',
    `  Windows Server:  Invoke-DnsServerZoneSign -ZoneName ${zone} -DoResign   (after its updates)`,
    '  tinydns, an old load balancer, a server of your own: update it, or put another in its place',
  ];
}

function ownRecord({ keys, one }: AncestorFacts): readonly string[] {
  return [
    `Until then a record of ${one ? 'its' : 'their'} own makes the ${one ? 'name' : 'names'} safe with most software:`,
    ...keys.map((key) => `  ${zoneFileName(key)} 3600 IN TXT "placeholder"`),
  ];
}
