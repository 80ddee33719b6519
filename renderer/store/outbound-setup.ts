/** How the person puts a mail server to the test: the step that is open, the software chosen, the resolver’s check, the mail. */
import { create } from 'zustand';
import type { SaveReply } from '../../shared/ipc/contract.ts';
import type { ResolverChecks } from '../../shared/ipc/outbound.ts';
import { DNS_PORT, readNameServer } from '../../shared/lab/place.ts';
import { testMailFile } from '../../shared/lab/test-mails.ts';
import type { TestReport } from '../../shared/lab/test-report.ts';
import { outboundBridge } from '../bridge/outbound-bridge.ts';
import { words } from '../words/words.ts';
import { recipientsOfReport, wasMailSeen } from './outbound-report.ts';
import { saveText } from './save-store.ts';

export type SetupStep = 'resolver' | 'mail-server' | 'send';

export interface OutboundSetup {
  /** Null while the steps are folded away. */
  readonly step: SetupStep | null;
  /** As the settings name it; empty for the first. */
  readonly resolverSoftware: string;
  readonly mailSoftware: string;
  /** As typed; empty asks those of this machine. */
  readonly resolver: string;
  readonly isChecking: boolean;
  readonly checked: ResolverChecks | null;
  readonly sender: string;
  /** What became of saving the mail as a file; null when nothing was saved. */
  readonly saved: SaveReply | null;
}

/** Whose mail it is said to be; any will do. */
const DEFAULT_SENDER = 'postmaster@localhost';
/** A mail server asks the resolver of its own machine, unless the person names another. */
const DEFAULT_RESOLVER = '127.0.0.1';

export const useOutboundSetup = create<OutboundSetup>(() => ({
  step: null,
  resolverSoftware: '',
  mailSoftware: '',
  resolver: '',
  isChecking: false,
  checked: null,
  sender: DEFAULT_SENDER,
  saved: null,
}));

export function openStep(step: SetupStep | null): void {
  useOutboundSetup.setState({ step });
}

export function changeSetup(
  change: Partial<
    Pick<OutboundSetup, 'resolverSoftware' | 'mailSoftware' | 'resolver' | 'sender' | 'saved'>
  >,
): void {
  useOutboundSetup.setState(change);
}

/** What is done first stands open; once mail is seen, the steps make room for what happens. */
export function followTest(was: TestReport | null, is: TestReport | null): void {
  if (is === null) {
    // Another start may have another zone.
    if (was !== null) useOutboundSetup.setState({ checked: null, saved: null });
    return;
  }
  if (was?.alias === is.alias && (wasMailSeen(was) || !wasMailSeen(is))) return;
  if (wasMailSeen(is)) openStep(null);
  // For further recipients, resolver and mail server are set up already.
  else useOutboundSetup.setState({ step: was === null ? 'resolver' : 'send', saved: null });
}

export async function checkResolver(): Promise<void> {
  const { resolver, isChecking } = useOutboundSetup.getState();
  if (isChecking) return;
  const typed = resolver.trim();
  useOutboundSetup.setState({ isChecking: true, checked: null });
  try {
    const checked = await outboundBridge.check(typed === '' ? null : typed);
    useOutboundSetup.setState({ checked });
  } catch (error) {
    const what = error instanceof Error ? error.message : words.frame.unknownFault;
    const problem = words.outbound.couldNotDo(what);
    useOutboundSetup.setState({ checked: { checks: [], problem } });
  } finally {
    useOutboundSetup.setState({ isChecking: false });
  }
}

/** The address that a mail server is told to ask: the one that was named or checked. */
export function resolverForSender(named: Named): string {
  const read = readNamed(named);
  return read.ok ? read.value.address : DEFAULT_RESOLVER;
}

/** Its port, where mail servers would ask another: resolv.conf(5) knows 53 alone. Null where they would not. */
export function oddResolverPort(named: Named): number | null {
  const read = readNamed(named);
  return read.ok && read.value.port !== DNS_PORT ? read.value.port : null;
}

type Named = Pick<OutboundSetup, 'resolver' | 'checked'>;

function readNamed({ resolver, checked }: Named): ReturnType<typeof readNameServer> {
  const [first] = checked?.checks.filter(({ state }) => state === 'ready') ?? [];
  return readNameServer(resolver.trim() === '' ? (first?.resolver ?? '') : resolver);
}

/** One address without anything that would end the line or the brackets around it (RFC 5321 §4.1.2). */
export function isSender(typed: string): boolean {
  return (
    typed.length <= MAX_SENDER_CHARACTERS && /^[^\s<>"(),:;\\[\]@]+@[^\s<>"(),:;\\@]+$/.test(typed)
  );
}

/** RFC 5321 §4.5.3.1.3. */
const MAX_SENDER_CHARACTERS = 254;

export async function saveTestMail(report: TestReport, now: Date): Promise<void> {
  const { sender } = useOutboundSetup.getState();
  if (!isSender(sender.trim())) return;
  const text = testMailFile(recipientsOfReport(report), sender.trim(), mailDate(now));
  const saved = await saveText(MAIL_FILE, text, false);
  useOutboundSetup.setState({ saved });
}

const MAIL_FILE = 'dane-test.eml';

/** RFC 5322 §3.3: the form of RFC 1123 that JavaScript writes, with the zone as a number. */
export function mailDate(now: Date): string {
  return now.toUTCString().replace(/GMT$/, '+0000');
}
