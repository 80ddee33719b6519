/** Words of the Generate screen. */
import { counted, numberText, pluralOf } from './language.ts';

type Pieces<Piece> = readonly (string | Piece)[];

export const generate = {
  input: {
    field: 'Certificates, keys or requests',
    drop: 'Drop certificates, keys or requests',
  },
  empty: {
    where: <Piece>(folder: Piece): Pieces<Piece> => [
      'Anywhere on this window, on any screen: files, a folder such as ',
      folder,
      ', or text pasted with Ctrl+V.',
    ],
    chooseFiles: 'Choose files…',
    chooseFolder: 'Choose a folder…',
    readable: 'What can be read',
    readableKinds: <Piece>(command: Piece): Pieces<Piece> => [
      'Certificates and chains in any order, private and public keys, certificate requests, PKCS #7 and PKCS #12, as PEM or DER; also what ',
      command,
      ' writes.',
    ],
    result: 'What you get',
    resultIs:
      'The TLSA records to publish, in the form that your DNS software takes, compared with what is published and served now.',
    fate: 'What becomes of it',
    fateIs:
      'Files are read on this computer and sent nowhere. Of a private key only the public half is used; nothing of the rest is kept, shown or sent.',
    most: 'How much at a time',
    mostIs: (files: number, mebibytes: number, ofFile: number, all: number) =>
      `${numberText(files)} files of ${mebibytes} MiB, with ${numberText(ofFile)} certificates and keys in each, ${numberText(all)} in all.`,
  },
  dropped: {
    title: 'Dropped',
    region: 'What was dropped',
    list: 'Things dropped',
    clear: 'Clear all',
    addFiles: 'Add files…',
    addFolder: 'Add a folder…',
    reading: (waiting: number) => `reading, ${numberText(waiting)} to go`,
    files: (count: number) => counted(count, 'file', 'files'),
    moreParts: (count: number) => `and ${numberText(count)} more such parts`,
    remove: (name: string) => `Remove ${name}`,
    /** Of a group of things; a single one is not counted. */
    group: (title: string, count: number) =>
      count === 1 ? title : `${title} (${numberText(count)})`,
    groups: {
      locked: 'Wants a password',
      faulty: 'Could not be used',
      servers: 'Servers',
      issuers: 'Issuers',
      keys: 'Keys and requests',
    },
    lainBeside: (count: number) =>
      `${counted(count, 'other file', 'other files')} of the folder ${pluralOf(count, 'holds', 'hold')} nothing of use here`,
  },
  material: {
    kinds: {
      certificate: 'certificate',
      issuer: 'issuer',
      'private-key': 'private key, its public half',
      'public-key': 'public key',
      request: 'certificate request',
    },
    privateKey: 'private key',
    /** For those who hear it. */
    label: (kind: string, name: string) => `${kind} ${name}`,
    remove: (label: string) => `Remove the ${label}`,
    ended: (day: string) => `ended ${day}`,
    until: (day: string) => `until ${day}`,
    use: 'make records of it',
    issuedBy: <Piece>(issuer: Piece): Pieces<Piece> => ['issued by ', issuer],
    issuerMissing: <Piece>(issuer: Piece): Pieces<Piece> => [issuer, ' is not here'],
    andMoreNames: <Piece>(names: Piece, count: number): Pieces<Piece> => [
      names,
      ` and ${numberText(count)} more`,
    ],
    moreFiles: (count: number) => `+${count}`,
    fits: {
      'private-key': 'private key fits',
      'public-key': 'public key fits',
      request: 'request fits',
    },
    untitled: {
      'public-key': 'Public key',
      'private-key': 'Private key',
      request: 'Certificate request',
    },
    nameless: 'no name',
    selfSigned: 'self-signed',
  },
  records: {
    region: 'Records to publish',
    title: <Piece>(count: Piece): Pieces<Piece> => ['Records to publish ', count],
    count: (count: number) => counted(count, 'record', 'records'),
    reading: 'What you dropped is being read.',
    locked: 'Type the password of what is locked, or add a certificate, a key or a request.',
    nothing: 'Nothing of what you dropped can be used. Add a certificate, a key or a request.',
    what: 'the records',
    tooLong: 'too long to copy: save it',
    save: 'Save…',
    text: 'The records as text',
    namesWholeSets:
      'This form stands for all TLSA records at a name: what it leaves out is taken away. Add those that are in use, or let Rollover write it.',
    tooMany: (count: number, most: number) =>
      `That would be ${numberText(count)} records, and no more than ${numberText(most)} are made at a time. Choose fewer hosts, ports or kinds.`,
  },
  hosts: {
    title: 'Mail hosts',
    more: (count: number) => `${numberText(count)} more names`,
    ownNames: 'Each certificate at its own name',
    none: 'No host is chosen: the records are written relative to the zone file’s origin.',
    all: 'All records go to each of these hosts.',
    noRecord: 'No record can be made yet.',
    nameless:
      'Records of what carries no name are written relative to the zone file’s origin. Name the host to have them whole.',
    firstName: 'Each certificate’s records stand at the first name that it carries.',
    another: 'Another mail host',
    example: 'mx.example.org',
    add: 'Add host',
    wildcard: <Piece>(name: Piece): Pieces<Piece> => [
      name,
      ' stands for any host: add the mail hosts that use it.',
    ],
    wildcards: <Piece>(name: Piece, others: number): Pieces<Piece> => [
      name,
      ` and ${numberText(others)} more stand for any host: add the mail hosts that use them.`,
    ],
  },
  kinds: {
    title: 'Kind of record',
    back: 'Back to what is advised',
    verdicts: {
      advised: 'advised',
      possible: 'possible',
      discouraged: 'discouraged',
      useless: 'useless',
    },
    usage: 'Usage',
    usages: ['0 PKIX-TA', '1 PKIX-EE', '2 DANE-TA', '3 DANE-EE'],
    selector: 'Selector',
    selectors: ['0 certificate', '1 key'],
    matchingType: 'Matching type',
    matchingTypes: ['0 full', '1 SHA-256', '2 SHA-512'],
    add: (kind: string) => `Add ${kind}`,
  },
  ports: {
    title: 'Ports',
    uses: {
      25: 'mail between servers',
      465: 'submission over TLS',
      587: 'submission',
      993: 'IMAP over TLS',
      995: 'POP3 over TLS',
      443: 'HTTPS',
    },
    added: 'added',
    label: (port: number, use: string) => `Port ${port}, ${use}`,
    another: 'Another port',
    other: 'other',
    wrong: (most: number) => `A port is a whole number from 1 to ${most}.`,
    ttl: 'TTL, seconds',
    wrongTtl: 'The TTL is a whole number of seconds; until it is one, 3600 is used.',
    zone: 'Zone',
    zoneHint: 'taken from the host',
  },
  formats: {
    title: 'Format',
    /** Where the title is too long for a button. */
    short: {
      generic: 'TYPE52 (RFC 3597)',
      cloudflare: 'Cloudflare JSON',
      'cloudflare-curl': 'Cloudflare curl',
      nsupdate: 'nsupdate',
      powerdns: 'PowerDNS',
      tinydns: 'tinydns',
      octodns: 'octoDNS',
      csv: 'CSV',
    },
  },
  world: {
    title: 'Compared with the world',
    lookAtAll: (count: number) => `Look at all ${count}`,
    noHost: 'Name a mail host above, and what it publishes and presents now can be looked at.',
    asks: 'Looking asks the host’s name servers and, on ports 25 and 587, greets its mail servers. Nothing of what you dropped is sent.',
    more: (count: number) =>
      `${numberText(count)} more hosts are not offered here: choose fewer hosts to look at them.`,
    target: (host: string, port: number) => `${host}, port ${port}`,
    port: (port: number) => `port ${port}`,
    look: 'Look',
    looking: 'Looking…',
    lookAgain: 'Look again',
    lookAt: (action: string, host: string, port: number) => `${action} at ${host}, port ${port}`,
    recordsOnly: 'On this port only the records are looked at; nothing is connected to.',
    notYet: 'not looked at yet',
    asking: 'asking its servers',
    asOf: (instant: string) => `as of ${instant}`,
    yours: 'Your records',
    published: 'Published now',
    couldNotTell: 'Could not be told.',
    nothing: 'No TLSA record.',
  },
  whatIf: {
    region: (host: string) => `What if, at ${host}`,
    open: 'What if these were live?',
    noInspection:
      'Inspect a domain whose mail goes to this host; its result is then judged once more, as if these records or this certificate were live. Nothing is published.',
    records: 'Records',
    recordChoices: {
      'as-they-are': 'as they are published',
      added: 'these added to what is published',
      alone: 'these alone',
    },
    certificate: 'Certificate',
    asPresented: 'as it is presented',
    dropped: (name: string, keyType: string) => `${name}, ${keyType}, as dropped`,
    judge: 'Judge',
    now: 'Now',
    afterwards: 'Then',
  },
  /** What of dropped things was left out or failed, a sentence each. */
  intake: {
    pasted: 'pasted text',
    tooDeep: (path: string, depth: number) =>
      `${path} was not looked into: it lies ${depth} folders deep.`,
    firstEntries: (most: number) =>
      `Only the first ${numberText(most)} entries of the folders were looked at.`,
    unreadableFolder: (path: string) => `${path} cannot be read.`,
    firstFiles: (most: number, all: number) =>
      `Only the first ${numberText(most)} of ${numberText(all)} files were taken.`,
    folderFailed: 'The program could not read the folder.',
    mostFiles: (most: number) => `No more than ${most} files are kept at a time.`,
    mostItems: (most: number, left: number) =>
      `No more than ${numberText(most)} certificates and keys are kept at a time: ${numberText(left)} of this file were left out.`,
    unreadable: 'The file cannot be read.',
    failed: 'The program failed at reading it.',
    readTooLong: (seconds: number) => `Reading it took longer than ${seconds} s and was given up.`,
    openTooLong: (seconds: number) =>
      `Opening it with the password took longer than ${seconds} s and was given up.`,
  },
};
