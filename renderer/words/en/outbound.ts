/** Words of the Outbound screen: what it is, where it lives, and what is seen of a sender. */
import { counted, listed, numberText } from './language.ts';
import { outboundSetup } from './outbound-setup.ts';

export const outbound = {
  setup: outboundSetup,
  title: 'Outbound',
  reading: 'Reading how the test stands…',
  couldNotDo: (fault: string) => `The program could not do it (${fault}). Try again.`,
  start: {
    title: 'Does your mail server check DANE?',
    lead: (count: number) =>
      `Your mail server sends one mail to ${numberText(count)} recipients, some of which it must not reach. This program plays their DNS and their mail servers, and watches what it does.`,
    local: 'Nothing leaves this machine.',
    localHint: 'All of it listens on loopback addresses unless you name others and say yes twice.',
    button: 'Start',
    starting: 'Starting…',
    place: 'Where it lives',
    summary: (base: string, nameServer: string, addresses: string, port: string) =>
      `${base} · name server ${nameServer} · mail servers ${addresses}, port ${port}`,
    must: 'What is seen, among others',
    more: (count: number) =>
      `${numberText(count)} more: STARTTLS cut out, forged and failing look-ups, issuers, expired certificates, aliases, a second host.`,
    stepsTitle: 'How it goes',
    steps: [
      {
        title: 'Resolver',
        text: 'Paste a few lines, so that the resolver of your mail server finds the test’s domain and trusts its key. A check says whether it does.',
      },
      {
        title: 'Mail server',
        text: 'Let it ask that resolver. Settings for Postfix, Exim, Halon, PowerMTA and KumoMTA are ready to copy.',
      },
      {
        title: 'Send',
        text: 'Send one mail to all recipients at once. What arrives and what is kept shows as it happens; a verdict comes as soon as it is certain.',
      },
    ],
  },
  fields: {
    base: 'Domain of the test',
    nameServer: 'Name server',
    addresses: 'Mail servers',
    smtpPort: 'Port that senders connect to',
    listenPort: 'Port to listen on',
    seconds: 'Minutes until silence counts',
    algorithm: 'Algorithm of the keys',
  },
  hints: {
    base: 'The recipients are at names below it.',
    nameServer: 'ADDRESS or ADDRESS#PORT',
    addresses: 'Addresses and ranges, with commas between them',
    smtpPort: 'Mail servers know 25 alone unless told otherwise.',
    listenPort: 'Another one only where a firewall leads the first there.',
    seconds: 'Many mail servers send at once, some from a queue.',
    algorithm: '',
  },
  algorithm: {
    kept: 'the usual one, or that of the key that was kept',
    named: (name: string, number: number) => `${name} (${number})`,
  },
  refusals: {
    port: 'It takes a port: a number from 1 to 65535.',
    minutes: (most: number) => `It takes minutes: more than 0, and at most ${numberText(most)}.`,
  },
  trouble: {
    title: 'It could not start',
    change: 'Change where it listens',
    command: 'the command',
  },
  question: {
    title: 'Let other machines reach the test?',
    what: 'Nothing of what is in a mail is kept.',
    no: 'Keep it closed',
    yes: 'Open it',
  },
  run: {
    again: 'New recipients',
    againHint: 'Another test with the same servers: what was seen so far counts no more',
    stop: 'Stop',
    stopHint: 'Close the name server and the mail servers',
    goesOn: 'The test that was under way before the restart goes on.',
    local: 'this machine only',
    open: 'other machines can reach it',
    leftOut: (titles: readonly string[]) =>
      `Left out: ${listed(titles)}. Each of them needs a mail server at an address of its own, and there are too few addresses.`,
  },
  verdict: {
    title: 'Verdict',
    decided: (decided: number, all: number) =>
      `${numberText(decided)} of ${numberText(all)} decided`,
    waiting: (clock: string) => `still waiting until ${clock}`,
    waitingTill: (clock: string) => `waiting until ${clock}`,
    over: 'nothing more is waited for',
    next: {
      send: 'To the recipients',
      settings: 'Settings for the mail server',
      resolver: 'Check the resolver',
      see: (title: string) => `See “${title}”`,
    },
  },
  table: {
    caption: 'Situations, and what the sender did in each',
    worth: 'Verdict',
    situation: 'Situation',
    deed: 'What the sender did',
    unfold: (title: string) => `Steps of “${title}”`,
    groups: {
      havedane: 'The three of HaveDane',
      attack: 'Something is cut out, forged or fails',
      records: 'Other kinds of records and certificates',
      ways: 'Other ways to a host',
    },
  },
  phases: {
    waiting: 'waiting',
    'under-way': 'under way',
    silent: 'no verdict',
  },
  details: {
    title: (title: string) => `“${title}”, step by step`,
    duty: 'What is asked of a sender',
    recipient: 'Recipient',
    copyRecipient: 'the recipient',
    opensPage: (reference: string) => `${reference}, on the web`,
    inferred:
      'Concluded from what did not happen: the records were looked up, and nobody connected.',
    questions: (from: string) => `Questions of the resolver at ${from}`,
    connection: (from: string) => `Connection from ${from}`,
    connectionTo: (from: string, host: number) => `Connection from ${from} to host ${host}`,
    dnssec: 'DO',
    dnssecHint: 'It asked for signatures (the DO bit)',
    unshown: (count: number) =>
      `${counted(count, 'step before these is', 'steps before these are')} not shown.`,
    none: 'Nothing was seen yet: no question, no connection.',
  },
  report: {
    button: 'Report of the test',
    hint: 'Save what is seen here',
    formats: {
      html: { name: 'HTML…', about: 'one page; opens anywhere' },
      pdf: { name: 'PDF…', about: 'the same, printed' },
      markdown: { name: 'Markdown…', about: 'text for tickets and wikis' },
      csv: { name: 'CSV…', about: 'a line a situation' },
      json: { name: 'JSON…', about: 'everything, for programs' },
    },
    couldNotSave: (fault: string) =>
      `The report could not be saved because of a fault in this program (${fault}).`,
    saveElsewhere: 'Save elsewhere…',
  },
};
