/** Words of the list of domains. */
import { counted, numberText, pluralOf } from './language.ts';

const domains = (count: number): string => counted(count, 'domain', 'domains');

export const batch = {
  title: 'List of domains',
  empty: {
    heading: 'Many domains, one table',
    lead: 'Paste a list, drop a file or open one: each domain is inspected as on the Inspect screen, and becomes a line of a table that you can sort, filter and save. Nothing is asked before you start it, and what was found out stays on this computer, also when the program ends.',
    field: 'Domains, one a line',
    example:
      'example.org\npostmaster@example.net\nhttps://www.example.com/contact\nbücher.example   # remarks are left out',
    take: 'Take this list',
    choose: 'Open a file…',
    drop: 'Drop a list of domains',
    lab: 'Try the lab’s domains',
    forms: 'What a line may be',
    formsText:
      'A domain, a mail address, a URL or an internationalised name; of a table (CSV) the first column. Empty lines, remarks after # and repetitions do no harm.',
    most: 'How much at a time',
    mostText: (most: number, mebibytes: number) =>
      `${numberText(most)} domains, in a file of up to ${mebibytes} MiB.`,
    politeness: 'What servers see of it',
    politenessText:
      'One connection at a time to an address, whichever domains it serves, and never more at once than your settings allow.',
  },
  reading: 'Reading the list',
  refusals: {
    noDomain: 'No line of it names a domain.',
    oneFile: (count: number) => `One list at a time: ${numberText(count)} files came at once.`,
    tooLarge: (name: string, mebibytes: number) =>
      `${name} is too large for a list of domains: it may have ${mebibytes} MiB. Split it, and take one part after the other.`,
    tooLong: (most: number) =>
      `That is too long for a list of domains: it may have ${numberText(most)} characters.`,
    unreadable: (name: string) =>
      `${name} could not be read. If it is a folder, drop the file that is in it.`,
    binary: (name: string) =>
      `${name} is no text: a list of domains has one on each line. Save a spreadsheet as CSV first.`,
    fault: (fault: string) => `The program could not do it (${fault}). Try again.`,
  },
  notes: {
    title: 'About the list',
    refused: (count: number) => counted(count, 'line names no domain', 'lines name no domain'),
    notShown: (count: number) => `and ${numberText(count)} more such lines`,
    duplicates: (count: number) =>
      `${counted(count, 'line names', 'lines name')} a domain again; each is inspected once`,
    ownTrust:
      'The trust anchors are those of your settings: “Secure” says no more than that an answer fits them.',
    leftOut: (count: number, most: number) =>
      `${counted(count, 'line was', 'lines were')} left out: a list may hold ${numberText(most)} domains. Take the rest as a list of its own.`,
  },
  phases: {
    empty: '',
    ready: 'Ready',
    running: 'Running',
    paused: 'Paused',
    finished: 'Finished',
  },
  news: { finished: 'The list has finished', stopped: 'The list has stopped' },
  progress: 'Progress',
  count: (done: number, total: number) => `${numberText(done)} of ${domains(total)}`,
  finishing: (count: number) =>
    `${counted(count, 'is', 'are')} still under way, and ${pluralOf(count, 'is', 'are')} finished first`,
  rest: (duration: string) => `about ${duration} to go`,
  buttons: {
    start: 'Start',
    pause: 'Pause',
    resume: 'Resume',
    retry: (count: number) => `Retry ${numberText(count)}`,
    retryHint: 'Asks those again that failed, or of which nothing could be told',
    clear: 'Clear…',
    clearNow: 'Clear',
    save: 'Save',
    saveHint: 'Save the domains that are shown, in this order',
    open: 'Open',
    openHint: 'Open it in the Inspect screen (Enter)',
  },
  concurrency: 'At a time',
  concurrencyHint: (most: number) =>
    `How many domains are inspected at once, up to ${most}. More is quicker with long lists; as all of them share the same connections to mail servers, still more would only wait.`,
  lab: 'Lab',
  labHint: 'These domains are asked for in the built-in lab',
  formats: {
    csv: { name: 'CSV…', about: 'a line for each domain, for spreadsheets' },
    html: { name: 'HTML…', about: 'a page with an overview and 100 in full' },
    markdown: { name: 'Markdown…', about: 'text for tickets and wikis' },
    json: { name: 'JSON…', about: 'everything, for programs' },
  },
  saving: (count: number) => `Saving ${domains(count)}`,
  filters: {
    title: 'Filter',
    all: 'All',
    code: 'Finding',
    anyCode: 'Any finding',
    codeCount: (code: string, count: number) => `${code} (${numberText(count)})`,
    text: 'Search domains and findings',
    none: 'Show all',
    shown: (count: number, total: number) => `${numberText(count)} of ${domains(total)} shown`,
  },
  standings: {
    failed: 'Failed',
    running: 'Looking',
    waiting: 'Waiting',
  },
  columns: {
    domain: 'Domain',
    outcome: 'Outcome',
    problems: 'Errors, warnings',
    first: 'First to mend',
    duration: 'Took',
    when: 'When',
  },
  sortedBy: (column: string) => `Sort by: ${column}`,
  errors: (count: number) => counted(count, 'error', 'errors'),
  warnings: (count: number) => counted(count, 'warning', 'warnings'),
  nothingFound: 'none',
  table: 'Domains',
  keys: '↑ ↓ move · Space shows the details · Enter opens',
  noRow: 'No domain of this list is so.',
  details: {
    title: 'Selected domain',
    waiting: 'It has not been inspected yet.',
    running: 'It is being inspected.',
    codes: 'Findings',
    codeHint: (code: string) => `Show all domains with ${code}`,
    close: 'Close the details',
  },
  banner: {
    title: 'From the list',
    text: 'This comes from the list of domains: nobody was asked now.',
    back: '← Back to the list',
    previous: 'Previous',
    next: 'Next',
  },
  questions: {
    cancel: 'Cancel',
    clear: 'Clear the list?',
    clearText: (done: number) =>
      `The results of ${domains(done)} are deleted, also from this computer’s disk. Save them first if they are still wanted.`,
    replace: 'Take the new list instead?',
    replaceText: (done: number) =>
      `The results of ${domains(done)} on the list that is open now are deleted. Save them first if they are still wanted.`,
    replaceNow: 'Take the new list',
    gone: 'Inspect it anew?',
    goneNow: 'Inspect now',
    goneText: 'Its servers would be asked again, and may answer otherwise than before.',
  },
};
