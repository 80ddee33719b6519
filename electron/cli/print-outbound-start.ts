/** How an outbound test begins for a person: where it is, whether a resolver is ready, and what to do now. */
import type { AddressList } from '../../shared/lab/place.ts';
import type { SelfCheckState } from '../../shared/lab/self-check.ts';
import { testMails } from '../../shared/lab/test-mails.ts';
import { recipientsOf, type Recipient, type TestRun } from '../../shared/lab/test-run.ts';
import type { checkTestResolvers, OutboundTest } from '../compose.ts';
import { MAIL_SERVER_NAMES, RESOLVER_NAMES, type TestSettings } from './lab-settings.ts';
import { tellSettings } from './print-outbound-settings.ts';
import { shellLines } from './shell-lines.ts';
import type { Terminal, Tone } from './terminal.ts';
import { wrap } from './wrap.ts';

/** What came of asking one. */
export type ResolverWord = Awaited<ReturnType<typeof checkTestResolvers>>[number];

export interface StartFacts {
  readonly smtpPort: number;
  readonly listenPort: number;
  readonly addresses: AddressList;
  /** Whether strangers can reach it. */
  readonly open: boolean;
  /** How long a test waits. */
  readonly silentAfterMs: number;
  /** The run was begun before a restart. */
  readonly goesOn: boolean;
  /** Key and test are kept over a restart. */
  readonly isKept: boolean;
  /** Texts for everything. */
  readonly settings: TestSettings;
  /** Those that the person wants to read. */
  readonly chosen: TestSettings;
}

export function tellPlace(
  { base, nameServer, hosts, leftOut, trustAnchor }: OutboundTest,
  { smtpPort, listenPort, addresses, open }: StartFacts,
  { out, paint, width }: Terminal,
): void {
  const say = (text: string): void => out(wrap(text, width, ''));
  const led = listenPort === smtpPort ? '' : `, led to port ${listenPort}`;
  out(paint('strong', `Outbound test ${base}: does a mail server check DANE?`));
  out(`Name server   ${nameServer.address}#${nameServer.port}`);
  out(`Mail servers  ${addresses.text}, port ${smtpPort}${led}`);
  out(`Trust anchor  ${trustAnchor}`);
  if (open)
    say('Strangers can reach it. Mail for others than the recipients of a test is refused.');
  if (leftOut.length > 0) {
    say(
      `Left out for want of addresses: ${leftOut.join(', ')}. Each of them needs an address of its own (--addresses).`,
    );
  }
  if (new Set(hosts.map(({ address }) => address)).size < hosts.length) {
    say(
      'Situations share an address. They are told apart by the server name that the sender gives in TLS, or by the recipient; of a sender that leaves without either, nothing is told.',
    );
  }
}

const STATES: Readonly<Record<SelfCheckState, readonly [string, Tone]>> = {
  ready: ['ready', 'good'],
  'no-answer': ['no answer', 'warning'],
  'not-found': ['does not find the zone', 'warning'],
  fails: ['fails', 'warning'],
  'not-trusted': ['does not trust the zone', 'warning'],
  'bit-lost': ['does not say what it knows', 'warning'],
  'takes-forged': ['takes what is forged', 'bad'],
};

export function tellResolver(
  { resolver, state, sentence, advice }: ResolverWord,
  { out, paint, width }: Terminal,
): void {
  const [word, tone] = STATES[state];
  out(`\nResolver ${resolver.address}#${resolver.port}: ${paint(tone, word)}`);
  out(wrap(sentence, width, '  '));
  if (advice !== null) out(wrap(advice, width, '  '));
}

export function tellGuide(
  { base }: OutboundTest,
  run: TestRun,
  { goesOn, isKept, chosen, open }: StartFacts,
  terminal: Terminal,
): void {
  const { out, paint, width } = terminal;
  const { step, more } = stepsTo(terminal);
  tellSettings(chosen, terminal);
  out(paint('strong', '\nWhat to do'));
  tellWayToZone(base, { isKept, chosen, open }, terminal);
  step(2, 'Let your mail server ask that resolver, and check DANE.');
  more(whereToFind(chosen.mailServers, MAIL_SERVER_NAMES));
  step(3, 'Send one mail from your mail server to all of these recipients.');
  if (goesOn) more('The test that was under way before the restart goes on.');
  tellMails(recipientsOf(run, base), terminal);
  out(paint('strong', '\nWhat it does'));
  out(
    wrap(
      `Each step is told as it happens. There is no more waiting after ${Math.round(run.silentAfterMs / 1000)} seconds: what has not come by then is not judged. Ctrl-C ends it.`,
      width,
      '',
    ),
  );
}

/** Where each visitor begins a test of their own, nothing of them is told here. */
export function tellVisitorsGuide(
  { base }: Pick<OutboundTest, 'base'>,
  facts: StartFacts,
  terminal: Terminal,
): void {
  const { out, paint, width } = terminal;
  tellSettings(facts.chosen, terminal);
  out(paint('strong', '\nWhat to do'));
  tellWayToZone(base, facts, terminal);
  stepsTo(terminal).step(
    2,
    'Open the page for visitors: whoever does so begins a test of their own there.',
  );
  out(
    wrap(
      'What their mail servers do is told on their pages alone; from now on, here only what goes wrong with the test itself. Ctrl-C ends it.',
      width,
      '',
    ),
  );
}

function stepsTo({ out, paint, width }: Terminal): {
  step(number: number, text: string): void;
  more(text: string): void;
} {
  return {
    step: (number, text) =>
      out(`${paint('strong', `${number}.`)} ${wrap(text, width, '   ').slice(3)}`),
    more: (text) => out(wrap(text, width, '   ')),
  };
}

/** The first step: how resolvers come to find the zone, and to trust it. */
function tellWayToZone(
  base: string,
  { open, isKept, chosen }: Pick<StartFacts, 'open' | 'isKept' | 'chosen'>,
  terminal: Terminal,
): void {
  const { step, more } = stepsTo(terminal);
  if (open) {
    step(
      1,
      `Let ${base} lead here: the records for the zone above are in what --kit FOLDER writes.`,
    );
    more('Until then, let the resolver that your mail server asks find this zone, and trust it.');
  } else step(1, 'Let the resolver that your mail server asks find this zone, and trust it.');
  more(whereToFind(chosen.resolvers, RESOLVER_NAMES));
  more('Whether it is ready then: --check-resolver ADDRESS.');
  if (!isKept) more('The next start has another trust anchor, unless --state FILE keeps it.');
}

function whereToFind(
  shown: readonly unknown[],
  [first = '', ...others]: readonly string[],
): string {
  return shown.length > 0
    ? 'What to paste stands above.'
    : `For what to paste, start with --settings ${first} (or ${others.join(', ')}).`;
}

/** Recipients one a line; commands in lines that a shell joins. */
function tellMails(recipients: readonly Recipient[], { out, paint, width }: Terminal): void {
  out('');
  for (const { address } of recipients) out(address);
  for (const { label, text } of testMails(recipients, SENDER)) {
    if (label !== 'Recipients')
      out(`\n${paint('quiet', `With ${label}:`)}\n${shellLines(text, width)}`);
  }
}

/** Whose mail it is said to be; any will do. */
const SENDER = 'postmaster@localhost';
