/** Words of the kept runs and what changed since. */
import { counted, listed, numberText } from './language.ts';

const quoted = (text: string): string => `“${text}”`;

/** `2 records new and 1 gone`. */
function comeAndGone(one: string, many: string): (come: number, gone: number) => string {
  return (come, gone) => {
    const parts = [
      ...(come > 0 ? [`${counted(come, one, many)} new`] : []),
      ...(gone > 0 ? [`${come > 0 ? numberText(gone) : counted(gone, one, many)} gone`] : []),
    ];
    return listed(parts);
  };
}

export const history = {
  title: 'History',
  buttonHint: 'Runs of before (Ctrl+H)',
  filter: 'Filter',
  filterExample: 'Domain, verdict or “lab”',
  kept: (count: number) => `${counted(count, 'run', 'runs')} kept on this computer`,
  filtered: (count: number, of: number) => `${numberText(count)} of ${numberText(of)} runs`,
  nothingKept: 'Nothing is kept yet',
  nothingKeptWhy:
    'Each inspection that comes to its end is kept here, so that you can open it again and see what changed. It stays on this computer, and only you can read it.',
  turnedOff: 'Runs are not kept',
  turnedOffWhy: 'You have turned it off. What was kept before stays until you delete it.',
  toSettings: 'Settings',
  nothingFits: (text: string) => `No run fits ${quoted(text)}.`,
  loading: 'Reading the kept runs',
  cannotList: (fault: string) => `The kept runs cannot be listed (${fault}).`,
  cannotOpen: (fault: string) => `The run cannot be opened (${fault}).`,
  problems: 'About the kept runs',
  today: (day: string) => `Today, ${day}`,
  yesterday: (day: string) => `Yesterday, ${day}`,
  utc: 'Days and times are in UTC.',
  lab: 'lab',
  ownTrust: 'own trust anchors',
  open: (domain: string, at: string) => `Open ${domain} of ${at}`,
  counts: (errors: number, warnings: number) =>
    [
      ...(errors > 0 ? [counted(errors, 'error', 'errors')] : []),
      ...(warnings > 0 ? [counted(warnings, 'warning', 'warnings')] : []),
    ].join(' · ') || 'nothing to mend',
  delete: (domain: string, at: string) => `Delete ${domain} of ${at}`,
  deleteQuestion: 'Delete this run?',
  deleteNow: 'Delete',
  keep: 'Keep',
  deleteAll: 'Delete all…',
  deleteAllQuestion: (count: number) =>
    `Delete ${count === 1 ? 'the one run' : `all ${numberText(count)} runs`}? This cannot be undone.`,
  choose: (domain: string, at: string) => `Compare ${domain} of ${at}`,
  compare: 'Compare',
  chooseHint: 'Tick two runs of one domain to see what changed between them.',
  chooseOther: 'Tick a second run of the same domain.',
  chosenDiffer: 'Only two runs of the same domain can be compared.',
  keys: '↑ ↓ choose · Enter opens · Delete deletes',
  banner: {
    title: 'Kept run',
    text: (at: string) => `Kept run of ${at}.`,
    rest: 'Nobody was asked now. The raw evidence of this run is not kept; for a case file inspect again, and save the case right after it.',
    ownTrust:
      'It was judged by trust anchors of its own: nothing in it is proven by the keys of the real root.',
    now: 'Ask now',
    nowHint: 'Ask the domain’s servers as they are now, and see what changed (F5)',
  },
  strip: {
    title: 'What changed',
    since: (at: string) => `Since ${at}`,
    waiting: 'what changed is told when it has finished.',
    stopped: 'it was not finished, so nothing can be compared.',
    nothing: 'nothing has changed.',
    nothingSeen: 'nothing has changed as far as it can be compared.',
    show: 'Show all',
    hide: 'Hide',
    with: 'Compare with',
    before: 'the run before',
    stop: 'Stop comparing',
    more: (count: number) => counted(count, 'more change', 'more changes'),
  },
  headline: {
    outcome: (before: string, now: string) => `${before} became ${now}`,
    hosts: comeAndGone('mail host', 'mail hosts'),
    addresses: comeAndGone('address', 'addresses'),
    records: comeAndGone('record', 'records'),
    certificates: (count: number) => `${counted(count, 'certificate', 'certificates')} replaced`,
    servers: (count: number) =>
      counted(count, 'server answers otherwise', 'servers answer otherwise'),
    standing: (count: number) => counted(count, 'host fares otherwise', 'hosts fare otherwise'),
    findings: (come: number, gone: number) =>
      listed([
        ...(come > 0 ? [`${counted(come, 'finding', 'findings')} new`] : []),
        ...(gone > 0
          ? [`${come > 0 ? numberText(gone) : counted(gone, 'finding', 'findings')} ended`]
          : []),
      ]),
    others: (count: number) => counted(count, 'other change', 'other changes'),
  },
  changes: {
    outcome: (before: string, now: string) =>
      `The verdict was ${quoted(before)}, and is ${quoted(now)} now.`,
    hostNew: (host: string) => `${host} is a mail host now.`,
    hostGone: (host: string) => `${host} is no mail host any more.`,
    hostOutcome: (host: string, before: string, now: string) =>
      `${host}: ${quoted(before)} before, ${quoted(now)} now.`,
    preference: (host: string, before: number, now: number) =>
      `${host} has preference ${now}; it was ${before}.`,
    mxSecurity: (domain: string, before: string, now: string) =>
      `The look-up of the mail hosts of ${domain} was ${quoted(before)}, and is ${quoted(now)} now.`,
    addressSecurity: (host: string, before: string, now: string) =>
      `The look-up of the addresses of ${host} was ${quoted(before)}, and is ${quoted(now)} now.`,
    tlsaSecurity: (host: string, before: string, now: string) =>
      `The look-up of the TLSA records of ${host} was ${quoted(before)}, and is ${quoted(now)} now.`,
    lookUpFailed: 'failed',
    addressNew: (host: string, address: string) => `${host} has the address ${address} now.`,
    addressGone: (host: string, address: string) => `${host} has the address ${address} no more.`,
    recordNew: (owner: string, record: string) => `New record at ${owner}: ${record}`,
    recordGone: (owner: string, record: string) => `Record gone from ${owner}: ${record}`,
    renewed: (host: string, day: string) =>
      `${host} presents another certificate with the same key, valid from ${day}.`,
    rekeyed: (host: string, day: string) =>
      `${host} presents another certificate with another key, valid from ${day}.`,
    certificateNew: (host: string, subject: string, day: string) =>
      `${host} presents one certificate more: ${subject}, valid from ${day}.`,
    certificateGone: (host: string, subject: string, day: string) =>
      `${host} presents one certificate no more: ${subject}, valid from ${day}.`,
    issuers: (host: string, come: readonly string[], gone: readonly string[]) =>
      `${host} sends other certificates behind its own${come.length > 0 ? `; new: ${listed(come)}` : ''}${gone.length > 0 ? `; gone: ${listed(gone)}` : ''}.`,
    mailServer: (host: string, address: string, before: string, now: string) =>
      `${address} of ${host}: ${before} before, ${now} now.`,
    states: {
      tls: 'TLS agreed',
      timeout: 'no answer in time',
      refused: 'connection refused',
      unreachable: 'unreachable',
      closed: 'connection closed',
      rejected: 'turned away',
      protocol: 'no SMTP spoken',
      'starttls-missing': 'STARTTLS not offered',
      'starttls-refused': 'STARTTLS refused',
      'tls-failed': 'TLS failed',
      limit: 'cut short',
      proxy: 'proxy failed',
      unsupported: 'TLS of an unknown kind',
      skipped: 'left out',
      'private-address': 'left out',
    },
    nameServer: (
      server: string,
      address: string,
      name: string,
      before: string,
      now: string,
      more: number,
    ) =>
      `${server} (${address}) says ${now} about ${name}; it was ${before}${more > 0 ? `, and otherwise about ${counted(more, 'name', 'names')} more` : ''}.`,
    zoneServerNew: (zone: string, server: string, address: string) =>
      `${zone} has the name server ${server} (${address}) now.`,
    zoneServerGone: (zone: string, server: string, address: string) =>
      `${zone} has the name server ${server} (${address}) no more.`,
    zoneKeys: (zone: string, come: readonly number[], gone: readonly number[]) =>
      `The parent of ${zone} points to other keys${come.length > 0 ? `; new: ${listed(come.map(String))}` : ''}${gone.length > 0 ? `; gone: ${listed(gone.map(String))}` : ''}.`,
    mtaSts: (before: string, now: string) => `MTA-STS: ${before} before, ${now} now.`,
    tlsRpt: (before: string, now: string) => `TLS reports: ${before} before, ${now} now.`,
    findingNew: (severity: string, title: string, subject: string) =>
      `New ${severity}: ${title} (${subject}).`,
    findingGone: (severity: string, title: string, subject: string) =>
      `Ended ${severity}: ${title} (${subject}).`,
    passedNew: (title: string, subject: string) => `Passes now: ${title} (${subject}).`,
    passedGone: (title: string, subject: string) => `Passes no more: ${title} (${subject}).`,
    severity: (title: string, subject: string, before: string, now: string) =>
      `${title} (${subject}): ${before} before, ${now} now.`,
  },
  notCompared: {
    everythingNow:
      'Nothing could be compared: no server answered now, so it is this computer’s network and not the domain.',
    everythingBefore:
      'Nothing could be compared: no server answered then, so it was this computer’s network and not the domain.',
    hostsNow: 'The mail hosts could not be looked up now, so nothing of them is compared.',
    hostsBefore: 'The mail hosts could not be looked up then, so nothing of them is compared.',
    addressesNow: (host: string) =>
      `The addresses of ${host} could not all be looked up now, so they are not compared.`,
    addressesBefore: (host: string) =>
      `The addresses of ${host} could not all be looked up then, so they are not compared.`,
    recordsNow: (host: string) =>
      `The TLSA records of ${host} could not be looked up now, so they are not compared.`,
    recordsBefore: (host: string) =>
      `The TLSA records of ${host} could not be looked up then, so they are not compared.`,
    serversNow: (host: string) =>
      `Some mail servers of ${host} were not spoken to now, so they are not compared.`,
    serversBefore: (host: string) =>
      `Some mail servers of ${host} were not spoken to then, so they are not compared.`,
    policyNow: 'The policies were not looked at now, so they are not compared.',
    policyBefore: 'The policies were not looked at then, so they are not compared.',
    askedOtherwise:
      'The two runs were made in another way: another resolver, port, proxy or trust anchor, without mail servers, or with a chain from a file. Some of it may be due to that.',
  },
  marks: {
    new: 'new',
    changed: 'changed',
    gone: 'ended',
  },
  endedFindings: (count: number) => counted(count, 'finding ended', 'findings ended'),
  noCase:
    'The raw evidence of this run is not kept, and a case file is made of that. Inspect again, and save a case right after it.',
};
