/** Words of the Settings screen, of About, of the list of shortcuts, and of what comes from outside the window. */
import type { PreferenceField } from '../../../shared/ipc/preferences.ts';
import { numberText } from './language.ts';

interface FieldWords {
  readonly title: string;
  /** One line: what it does. */
  readonly about: string;
}

const fields: Readonly<Record<PreferenceField | 'theme', FieldWords>> = {
  theme: { title: 'Theme', about: 'Light or dark; “System” follows what your desktop uses.' },
  contrast: {
    title: 'Contrast',
    about: 'Stronger colours and lines; “System” follows what your desktop asks for.',
  },
  resolver: {
    title: 'Who is asked',
    about:
      'The name servers of each domain, from the root down; or one resolver, whose answers are validated here all the same.',
  },
  rootHints: {
    title: 'Root hints',
    about: 'Where the root of the DNS is found: NS, A and AAAA records as in a zone file.',
  },
  trustAnchors: {
    title: 'Trust anchors',
    about: 'The keys that all proofs rest on: DS or DNSKEY records as in a zone file.',
  },
  families: {
    title: 'Internet protocol',
    about: 'Which addresses of name servers and mail servers are used.',
  },
  timeoutSeconds: {
    title: 'Time-out',
    about:
      'Seconds to wait for one DNS answer; each stage with a mail server has three times that.',
  },
  smtp: {
    title: 'Connect to mail servers',
    about: 'Without it only the DNS is looked at, and no certificate is seen.',
  },
  proxy: {
    title: 'SOCKS proxy',
    about:
      'Mail servers are reached through it, where this network blocks port 25; “ssh -D 1080 host” makes one.',
  },
  ehloName: {
    title: 'EHLO name',
    about: 'What mail servers are greeted with; some turn away a name that is not this machine’s.',
  },
  maxConnections: {
    title: 'Connections at a time',
    about: 'To mail servers altogether; to one address there is never more than one.',
  },
  allowPrivate: {
    title: 'Private addresses',
    about:
      'Also connect to addresses of this machine and its network, which a foreign domain could point at.',
  },
  keepHistory: {
    title: 'Keep a history',
    about: 'Each run stays on this computer, to be opened and compared later.',
  },
};

export const settings = {
  title: 'Settings',
  lead: 'What you change is kept at once, and counts from the next inspection on. The built-in lab has ways of its own.',
  groups: {
    look: 'Appearance',
    dns: 'DNS',
    mail: 'Mail servers',
    kept: 'What is kept',
    carry: 'Settings as a file',
  },
  fields,
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  contrasts: { system: 'System', more: 'More' },
  families: { both: 'Both', ipv4: 'IPv4', ipv6: 'IPv6' },
  askWhom: { servers: 'Name servers', resolver: 'A resolver' },
  resolverAddress: 'Address of the resolver',
  placeholders: {
    resolver: '192.0.2.53 or 2001:db8::53#5353',
    rootHints: 'Built in: the thirteen root servers. Paste others here.',
    trustAnchors: 'Built in: the keys of the root, as IANA publishes them. Paste others here.',
    proxy: 'none: connect directly',
    ehloName: 'this machine’s own name',
  },
  seconds: 'seconds',
  chooseFile: 'Choose a file…',
  reset: 'Reset',
  resetAloud: (title: string) => `Reset ${title} to its default`,
  resetAll: 'Reset all to their defaults',
  resetAllAbout: 'Theme and recent domains stay.',
  notANumber: 'Type a number, such as 5 or 2.5.',
  fixed: (options: string) =>
    `This window was started with ${options}, which counts instead. What is set here counts at the next start.`,
  others: (options: string) => `This window was started with ${options}.`,
  guest:
    'Another window of DANE Inspector was open when this one was started with options of its own. What you change or look up here is forgotten when this window is closed.',
  recent: {
    title: 'Recent domains',
    none: 'None are kept.',
    some: (count: number) =>
      `${numberText(count)} kept on this computer, for the start screen and the menu.`,
    forget: 'Forget them',
  },
  carry: {
    title: 'Save or take over',
    about: 'For another computer. Recent domains and the place of the window are not part of it.',
    save: 'Save as a file…',
    load: 'Take from a file…',
  },
  savedAs: (path: string) => `Saved as ${path}`,
  /** `changed`: titles of settings that say who is asked and what is believed. */
  taken: (problems: number, changed: readonly string[]) =>
    [
      problems === 0
        ? 'All settings of the file were taken.'
        : 'The settings of the file were taken.',
      ...(changed.length === 0
        ? []
        : [`It changed who is asked and what is believed: ${changed.join(', ')}.`]),
      ...(problems === 0 ? [] : ['Not taken:']),
    ].join(' '),
  about: {
    title: 'About',
    what: 'DANE Inspector asks name servers and mail servers directly and validates every answer itself, from the root key down. To mail servers it says EHLO, STARTTLS and QUIT; it never sends mail.',
    privacy:
      'Nothing leaves this computer but the questions that an inspection needs. There is no telemetry, no account and no search for updates.',
    versions: {
      program: 'DANE Inspector',
      electron: 'Electron',
      chromium: 'Chromium',
      node: 'Node',
      system: 'System',
    },
    copy: 'Copy for a bug report',
    copied: 'the versions',
    licence:
      'MIT licence. Built with React, React Flow, Mantine and zod (MIT); typefaces Inter and JetBrains Mono (SIL Open Font License 1.1).',
  },
  shortcuts: {
    title: 'Keyboard shortcuts',
    groups: {
      inspection: 'Inspection',
      records: 'Records',
      lists: 'Lists',
      view: 'View',
      help: 'Help',
      anywhere: 'Anywhere',
      picture: 'In the picture of the chain',
    },
    /** Of the pages themselves, which no menu lists. */
    picture: [
      { label: 'Along the chain', keys: ['Arrows'] },
      { label: 'Nearer, farther', keys: ['Plus', '-'] },
      { label: 'All of it', keys: ['0'] },
    ],
    anywhere: [
      { label: 'To the next or the previous control', keys: ['Tab', 'Shift+Tab'] },
      { label: 'Press the control, open the node', keys: ['Enter', 'Space'] },
      { label: 'Along tabs, choices and the outline; the height of the details', keys: ['Arrows'] },
      { label: 'Close what is open on top', keys: ['Esc'] },
    ],
    or: 'or',
    keys: {
      ctrl: 'Ctrl',
      command: 'Cmd',
    },
  },
  question: {
    title: 'Inspect this domain?',
    link: 'A link asked for this domain. Any web page can hold such a link, or press it for you.',
    start: (options: string) =>
      `Another start of the program named this domain. This window asks in a way of its own: it was started with ${options}.`,
    unsure:
      'This domain stood on the command line. Read first what is said at the top of the window.',
    notification: 'A notification named this domain.',
    what: 'Its name servers and mail servers will be asked, and see the address of this computer.',
    no: 'Leave it',
    yes: 'Inspect',
  },
  notices: 'Notices',
};
