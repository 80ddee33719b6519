/** What the verdict on a sender looks like, how far the test has come, and what is best done next. */
import type { Conclusion } from '../../shared/lab/conclusion.ts';
import type { ScenarioId } from '../../shared/lab/scenario.ts';
import type { TestReport } from '../../shared/lab/test-report.ts';
import { CONCLUSION_WORD } from '../../shared/lab/words.ts';
import { wasMailSeen } from '../store/outbound-report.ts';
import type { SetupStep } from '../store/outbound-setup.ts';
import type { Face } from '../ui/tone.ts';
import { words } from '../words/words.ts';
import { secondText } from './clock-text.ts';
import { scenarioOf } from './situations.ts';

const said = words.outbound.verdict;

const CONCLUSION_LOOK: Readonly<Record<Conclusion, Omit<Face, 'word'>>> = {
  open: { tone: 'pending', icon: 'clock' },
  validates: { tone: 'ok', icon: 'tick' },
  'validates-with-faults': { tone: 'warn', icon: 'triangle' },
  'does-not-check': { tone: 'err', icon: 'octagon' },
  'encrypts-without-checking': { tone: 'err', icon: 'octagon' },
  // Most often it is the test that is not set up yet.
  'refuses-everything': { tone: 'warn', icon: 'triangle' },
  'could-not-tell': { tone: 'none', icon: 'question' },
};

export function conclusionFace(conclusion: Conclusion): Face {
  return { ...CONCLUSION_LOOK[conclusion], word: CONCLUSION_WORD[conclusion] };
}

/** How many are decided, and how long the others are waited for. */
export function progressFacts(report: TestReport): readonly string[] {
  const { situations, verdict, isFinal, silentAt } = report;
  const decided = situations.filter(({ phase }) => phase === 'decided').length;
  const clock = secondText(Date.parse(silentAt));
  const isOpen = verdict.conclusion === 'open';
  const wait = isOpen ? said.waitingTill(clock) : said.waiting(clock);
  return [said.decided(decided, situations.length), isFinal ? said.over : wait];
}

export type NextStep =
  | { readonly kind: 'step'; readonly label: string; readonly step: SetupStep }
  | { readonly kind: 'situation'; readonly label: string; readonly id: ScenarioId };

/** Null where nothing is to be done but to wait, or to be glad. */
export function nextStep(report: TestReport, open: SetupStep | null): NextStep | null {
  const next = nextOf(report);
  // A step that is open leads on by itself, and needs no way to it.
  const isLed = open !== null && report.verdict.conclusion === 'open';
  return isLed || (next?.kind === 'step' && next.step === open) ? null : next;
}

function nextOf(report: TestReport): NextStep | null {
  const { verdict } = report;
  switch (verdict.conclusion) {
    case 'open':
      return wasMailSeen(report) ? null : { kind: 'step', label: said.next.send, step: 'send' };
    case 'validates':
      return null;
    case 'validates-with-faults':
      return situationToSee(verdict.because);
    case 'does-not-check':
    case 'encrypts-without-checking':
      return { kind: 'step', label: said.next.settings, step: 'mail-server' };
    case 'refuses-everything':
    case 'could-not-tell':
      return { kind: 'step', label: said.next.resolver, step: 'resolver' };
  }
}

function situationToSee([id]: readonly ScenarioId[]): NextStep | null {
  const scenario = id === undefined ? undefined : scenarioOf(id);
  if (scenario === undefined) return null;
  return { kind: 'situation', label: said.next.see(scenario.title), id: scenario.id };
}
