/** Words of the list of findings, its filter, and the tickets for those who have something to mend. */
import type { Mender, Severity } from '../../../shared/findings/finding.ts';
import { counted } from './language.ts';

export const findings = {
  title: 'Findings',
  more: (count: number) => `${count} more like this`,
  passed: (count: number) => counted(count, 'check passed', 'checks passed'),
  none: {
    finished: 'Nothing to mend.',
    finishedHint: 'All that was looked at is in order.',
    noticesHint: 'What follows is worth knowing, and stops no mail.',
    running: 'Nothing to mend so far; still looking.',
    stopped: 'Nothing to mend was found before it stopped.',
  },
  running: 'Still looking: more may be found.',
  filter: {
    region: 'Filter the findings',
    field: 'Filter findings',
    placeholder: 'Filter',
    fieldTitle: 'Words in findings (Ctrl+F)',
    count: {
      error: (count: number) => counted(count, 'error', 'errors'),
      warning: (count: number) => counted(count, 'warning', 'warnings'),
      notice: (count: number) => counted(count, 'notice', 'notices'),
      ok: (count: number) => counted(count, 'check passed', 'checks passed'),
    } satisfies Record<Severity, (count: number) => string>,
    only: (what: string) => `Show only: ${what}`,
    mender: 'Whose it is to mend',
    anyMender: 'for anyone',
    host: 'Host it is about',
    anyHost: 'any host',
    noHost: 'the domain itself',
    shown: (shown: number, all: number) => `${shown} of ${all} shown`,
    nothing: 'No finding fits the filter.',
    all: 'Show all',
  },
  menders: {
    'mail host': 'mail host',
    'DNS operator': 'DNS operator',
    'domain owner': 'domain’s owner',
    'this network': 'this network',
    nobody: 'nobody',
  } satisfies Record<Mender, string>,
  /** Whose a finding is to mend, with the name that it is about. */
  whose: {
    'mail host': (about: string) => `To mend: whoever runs ${about}`,
    'DNS operator': (about: string) => `To mend: the DNS operator of ${about}`,
    'domain owner': (about: string) => `To mend: the owner of ${about}`,
    'this network': () => 'To mend: this network, not the domain',
    nobody: () => 'Nothing to mend',
  } satisfies Record<Mender, (about: string) => string>,
  theRemedy: 'the remedy',
  showInPicture: 'Show in the picture',
  opensPage: (reference: string) => `${reference}, a page on the web`,
  link: {
    title: 'Open this page in your browser?',
    close: 'Close',
    copy: 'Copy address',
    open: 'Open',
  },
  ticket: {
    /** Where there is no room for more. */
    short: 'Ticket',
    offer: {
      'mail host': 'Ticket for the mail host',
      'DNS operator': 'Ticket for the DNS operator',
      'domain owner': 'Ticket for the domain’s owner',
    },
    to: {
      'mail host': (about: string) => `Mail hosts of ${about}`,
      'DNS operator': (about: string) => `DNS operator of ${about}`,
      'domain owner': (about: string) => `Owner of ${about}`,
    },
    choose: 'For',
    count: (count: number) => counted(count, 'finding', 'findings'),
    what: 'The whole text, to be pasted into a mail. Read it before you send it: it names servers and what they answered.',
    lab: 'This is the built-in lab: its servers are on no network, so the commands show this nowhere else.',
    text: 'Text of the ticket',
    copy: 'Copy the text',
    copied: 'Copied',
    close: 'Close',
  },
};
