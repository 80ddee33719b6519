/** Words of the Rollover screen. */
import { counted, listed, numberText } from './language.ts';
import { rolloverPlan } from './rollover-plan.ts';

type Pieces<Piece> = readonly (string | Piece)[];

export const rollover = {
  ...rolloverPlan,
  head: {
    title: 'Rollover',
    titleOf: <Piece>(host: Piece): Pieces<Piece> => ['Rollover of ', host],
    hook: 'Hook script',
    looking: 'Looking',
    check: 'Check now',
    calendar: 'Calendar',
    calendarHint: 'The steps with their times, as a file for your calendar (.ics)',
    schemes: {
      'current+next': 'current + next',
      'current+issuer': 'current + issuer',
      'issuer-only': 'issuer only',
      single: 'one record',
      none: 'no scheme',
    },
    schemeHint: 'What the published records follow now',
    ttl: (seconds: number) => `TLSA TTL ${seconds} s`,
    refresh: (seconds: number) => `zone refresh ${seconds} s`,
    nameServers: (count: number) => counted(count, 'name server', 'name servers'),
  },
  drop: {
    region: 'Files',
    title: 'Drop certificates, keys or CSRs',
    kinds: 'PEM, DER, PKCS#7, PKCS#12, a folder, or paste',
    choose: 'Choose files',
    reading: (waiting: number, all: number) => `reading ${waiting} of ${all}`,
    taken: (count: number) => `${counted(count, 'file', 'files')} taken`,
    clear: 'Clear',
    clearAll: 'Clear all files',
  },
  host: {
    title: 'Host',
    field: 'Mail host',
    example: 'mx.example.org',
    port: 'Port',
    look: 'Look',
    offered: 'Hosts to choose from',
    wildcard: <Piece>(names: Piece): Pieces<Piece> => [
      'A certificate is for ',
      names,
      ': name the host itself.',
    ],
  },
  inUse: {
    title: 'In use now',
    nothingPublished: 'no record is published',
    matched: 'a record matches it',
    unmatched: 'no record matches it',
    until: (day: string) => `until ${day}`,
    addresses: (count: number) => counted(count, 'address', 'addresses'),
    noHost: 'Name a host, and what it presents stands here.',
    notSpokenTo: 'No certificate was seen: the mail server was not spoken to.',
    notSeen: (why: string) => `No certificate was seen. ${why}`,
  },
  candidates: {
    title: 'Dropped as next',
    none: 'Nothing yet. A key or request will do: its certificate can come later.',
    noneFits: <Piece>(host: Piece): Pieces<Piece> => [
      'None of it names ',
      host,
      '. Tick what is meant for it all the same: with 3 1 1 records senders do not look at names.',
    ],
    showFewer: 'Show fewer',
    showMore: (count: number) => `Show ${numberText(count)} more`,
    andMore: (count: number) => ` and ${numberText(count)} more`,
    kinds: {
      certificate: 'certificate',
      request: 'certificate request',
      'private-key': 'key pair, public half used',
      'public-key': 'public key',
    },
    until: (day: string) => `until ${day}`,
    keyDiffers: 'key differs: good',
    keySame: 'same key as now: nothing to wait for',
    nameFits: 'name fits',
    nameMisses: 'does not name the host',
    expired: 'expired',
    expiredOn: (day: string) => `expired on ${day}`,
    notYet: 'not valid yet',
    problem: (file: string, problem: string) => `${file}: ${problem}`,
    locked: 'Locked files',
    moreInGenerate: (count: number) => `and ${numberText(count)} more; see Generate`,
  },
  record: {
    record: 'Record',
    records: 'Records',
    published: 'published already',
    publishedOf: (standing: number, all: number) => `${standing} of ${all} published already`,
    noIssuer:
      'No issuer that fits was dropped with it. Drop the whole chain, such as fullchain.pem, for the 2 1 1 record.',
    text: 'Records to publish',
    what: 'the records to publish',
    wholeSet: 'This form names the whole set, so it holds the records that stand already too.',
    whyKey: <Piece>(kind: Piece): Pieces<Piece> => [
      kind,
      ': the server’s own key, SHA-256. It survives renewals that keep the key, and ignores names and dates.',
    ],
    whyIssuer: <Piece>(kind: Piece): Pieces<Piece> => [
      ' ',
      kind,
      ': the key of an issuer that the server sends. Names and dates count.',
    ],
    ofKey: (kind: string) => `the ${kind} key to come`,
    ofIssuer: 'an issuer',
    ofOthers: 'what is published or in use',
    format: 'Format',
    moreFormats: (count: number) => `${count} more`,
    /** Where the title is too long for a button. */
    short: {
      generic: 'TYPE52',
      'cloudflare-curl': 'Cloudflare curl',
      nsupdate: 'nsupdate',
      cloudflare: 'Cloudflare',
      powerdns: 'PowerDNS',
    },
  },
  scheme: {
    title: 'Scheme',
    choices: {
      'current+next': {
        title: 'Current + next',
        sentence:
          'Two 3 1 1 records: the key in use, and the next one, made early. Pins tightest; names and dates do not count.',
      },
      'current+issuer': {
        title: 'Current + issuer',
        sentence:
          '3 1 1 of the key in use and 2 1 1 of its issuer. Any new certificate of that issuer fits at once; names must fit, and the server sends the issuer.',
      },
    },
    detected: 'as published',
    safety: <Piece>(choice: Piece): Pieces<Piece> => ['Wait for ', choice],
    factor: (count: number) => `${count} × TTL`,
    advice: '2 is advised: some caches keep answers a little longer.',
  },
  server: {
    title: 'Server settings',
    forSoftware: (titles: readonly string[]) => `for ${listed(titles)}`,
    software: 'Mail software',
    version: (title: string, version: string) =>
      `${title} ${version}. Paths are certbot’s; put yours in their place.`,
    inbound: 'Mail that arrives',
    outbound: 'Mail that is sent',
    settingsFor: (where: string) => `the settings for ${where}`,
    sources: (sources: readonly string[]) => `Checked against: ${sources.join(' · ')}`,
    test: 'Test it',
    testCommand: (title: string) => `the test “${title}”`,
  },
};
