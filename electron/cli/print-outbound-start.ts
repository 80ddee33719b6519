/** How an outbound test begins for a person: where it is, whether a resolver is ready, and what to do now. */
import { printable } from '../../shared/findings/safe-text.ts';
import type { AddressList } from '../../shared/lab/place.ts';
import type { SelfCheckState } from '../../shared/lab/self-check.ts';
import { testMails } from '../../shared/lab/test-mails.ts';
import { recipientsOf, type TestRun } from '../../shared/lab/test-run.ts';
import type { checkTestResolvers, OutboundTest } from '../compose.ts';
import { MAIL_SERVER_NAMES, RESOLVER_NAMES, type TestSettings } from './lab-settings.ts';
import { tellSettings } from './print-outbound-settings.ts';
import type { Terminal, Tone } from './terminal.ts';
import { indentLines, wrap } from './wrap.ts';

/** What came of asking one. */
export type ResolverWord = Awaited<ReturnType<typeof checkTestResolvers>>[number];

export interface StartFacts {
  readonly smtpPort: number;
  readonly listenPort: number;
  readonly addresses: AddressList;
  /** Whether strangers can reach it. */
  readonly open: boolean;
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
  if (open) say('Strangers can reach it. Mail for others than the recipients below is refused.');
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
  { goesOn, isKept, chosen }: StartFacts,
  terminal: Terminal,
): void {
  const { out, paint, width } = terminal;
  tellSettings(chosen, terminal);
  const step = (number: number, text: string): void =>
    out(`${paint('strong', `${number}.`)} ${wrap(text, width, '   ').slice(3)}`);
  const more = (text: string): void => out(wrap(text, width, '   '));
  out(paint('strong', '\nWhat to do'));
  step(1, 'Let the resolver that your mail server asks find this zone, and trust it.');
  if (chosen.resolvers.length === 0)
    more(`The text to copy: --settings and one of ${RESOLVER_NAMES.join(', ')}.`);
  more('Whether it worked: --check-resolver and its address.');
  if (!isKept) more('The trust anchor is another at each start, unless --state FILE keeps it.');
  step(2, 'Let your mail server ask that resolver, and check DANE.');
  if (chosen.mailServers.length === 0)
    more(`The text to copy: --settings and one of ${MAIL_SERVER_NAMES.join(', ')}.`);
  step(3, 'Send one mail from it to all of these, by hand or by one of the commands.');
  if (goesOn) more('The test that was under way before the restart goes on.');
  for (const { label, text } of testMails(recipientsOf(run, base), SENDER))
    out(`${paint('quiet', label)}\n${indentLines(printable(text), '  ')}`);
  out(paint('strong', '\nWhat it does'));
  out(
    wrap(
      `Each step of the sender is told here. Silence counts after ${Math.round(run.silentAfterMs / 1000)} seconds. Ctrl-C ends it.`,
      width,
      '',
    ),
  );
}

/** Whose mail it is said to be; any will do. */
const SENDER = 'postmaster@localhost';
