/** Words of the watched domains. */
import { counted, numberText, pluralOf } from './language.ts';

export const watch = {
  title: 'Watch',
  lead: 'Domains here are looked at again and again while this program runs. You are told when the outcome changes, or something ends soon.',
  reading: 'Reading the list…',
  couldNotDo: (fault: string) => `The program could not do it (${fault}). Try again.`,
  add: {
    label: 'Domain to watch',
    placeholder: 'example.org, user@example.org or a URL',
    button: 'Watch it',
    offers: 'Lately looked at:',
    offer: (domain: string) => `Watch ${domain}`,
  },
  head: {
    count: (count: number) => counted(count, 'domain', 'domains'),
    paused: 'paused: nothing is looked at by itself',
    every: (interval: string) => `looked at every ${interval}`,
    looking: (count: number) => `looking at ${numberText(count)} now`,
    waiting: (count: number) => `${numberText(count)} more ${pluralOf(count, 'waits', 'wait')}`,
    lookAll: 'Look at all now',
    pause: 'Pause',
    resume: 'Go on watching',
  },
  verdict: {
    watch: 'Watch this domain',
    watchHint:
      'Look at it again and again, and be told when the outcome changes or something ends soon',
    watched: 'Watched',
    watchedHint: 'It is on the list of watched domains: show what was told about it',
  },
  empty: {
    title: 'Nothing is watched yet',
    text: 'Type a domain above. It is looked at right away, then on an interval, a little off the beat so that nobody is asked by all at the same time.',
  },
  table: {
    caption: 'Watched domains, the worst first',
    outcome: 'Outcome',
    domain: 'Domain',
    looked: 'Last look',
    next: 'Next look',
    ends: 'Ends next',
    notes: 'Last told',
  },
  row: {
    notYet: 'Not yet',
    never: 'never',
    looking: 'Looking',
    underWay: 'looking now',
    waiting: 'waits its turn',
    paused: 'paused',
    nothingEnds: 'nothing known',
    noNotes: 'nothing',
    doubt: (outcome: string) => `“${outcome}” at the last look; a second look decides`,
    failed: (count: number) =>
      count === 1
        ? 'The last look failed; it is made again soon'
        : `${numberText(count)} looks in a row failed`,
    soon: 'soon',
    ends: (day: string, distance: string) => `${day}, ${distance}`,
    unfold: (domain: string) => `What was told about ${domain}`,
  },
  notes: {
    title: (domain: string) => `Told about ${domain}`,
    none: 'Nothing has been told yet: all is as it was when it was first looked at.',
    ends: (what: string, when: string) => `Ends next: ${what}, ${when}.`,
    kinds: { outcome: 'Outcome', expiry: 'Ends soon', failed: 'No look', recovered: 'Seen again' },
    open: 'Show the last run',
    look: 'Look now',
    remove: 'Stop watching',
  },
  settings: {
    title: 'How',
    interval: 'Look every',
    expiry: 'Tell of ends within',
    notify: 'Show notifications',
    cannotNotify:
      'This desktop shows no notifications: this list and the icon in the tray tell instead.',
    stay: 'Keep watching when the window is closed',
    stayHint:
      'The program then stays in the tray, and ends with “Quit”. Without a tray, starting it again brings the window back.',
    minutes: (count: number) => counted(count, 'minute', 'minutes'),
    hours: (count: number) => counted(count, 'hour', 'hours'),
    days: (count: number) => counted(count, 'day', 'days'),
    never: 'do not tell',
    twice:
      'A passing fault is not told: what could not be reached is looked at twice, some minutes apart.',
  },
  cron: {
    title: 'Without this window',
    text: 'This line of a crontab does the same on a server: it prints, and so mails you, only what has changed or ends soon.',
    copyLine: 'the line for the crontab',
    list: (file: string) =>
      `The domains are too many for one line. Save them as ${file} in your home folder, one a line.`,
    copyList: 'the list of domains',
    rounded: (interval: string) => `cron cannot say that interval: it will be every ${interval}.`,
    ownRoot: 'Replace each FILE: your settings name root hints or trust anchors of their own.',
    path: '“dane-inspector” must be in cron’s PATH; else write the whole path.',
    empty: 'There is a line here as soon as a domain is watched.',
  },
};
