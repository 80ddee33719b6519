/** MTA-STS and TLS reporting in words: what there is, what senders do with it, what is wrong. */
import type { MtaStsReport, Report, TlsRptReport } from '../../shared/inspection/report.ts';
import type { Tone } from '../ui/tone.ts';
import { words } from '../words/words.ts';

const said = words.details.policy;

export interface PolicyFace {
  readonly tone: Tone;
  readonly word: string;
  readonly sentence: string;
}

export function mtaStsFace(report: Report): PolicyFace {
  const { checked, record, problem, policy, uncovered } = report.policy.mtaSts;
  if (!checked) return notLookedAt(report);
  if (record === null) {
    return problem === null ? { tone: 'none', ...said.noMtaSts } : unknown(problem);
  }
  if (problem !== null) {
    return { tone: 'warn', word: said.unusable, sentence: said.noPolicy(problem) };
  }
  if (policy === null) return { tone: 'none', ...said.announced };
  if (uncovered.length > 0) {
    const enforced = policy.mode === 'enforce';
    return {
      tone: enforced ? 'err' : 'warn',
      word: said.leavesOut,
      sentence: enforced ? said.leavesOutEnforced : said.leavesOutTesting,
    };
  }
  return { tone: policy.mode === 'none' ? 'none' : 'ok', ...said.modes[policy.mode] };
}

export function tlsRptFace(report: Report): PolicyFace {
  const { checked, record, problem }: TlsRptReport = report.policy.tlsRpt;
  if (!checked) return notLookedAt(report);
  if (record === null) {
    return problem === null ? { tone: 'none', ...said.noReports } : unknown(problem);
  }
  if (problem !== null) {
    return { tone: 'warn', word: said.unusable, sentence: said.unusableReports(problem) };
  }
  return { tone: 'ok', ...said.reports };
}

function notLookedAt(report: Report): PolicyFace {
  return report.finished
    ? { tone: 'none', ...said.notLookedAt }
    : { tone: 'pending', ...said.looking };
}

function unknown(problem: string): PolicyFace {
  return { tone: 'none', word: said.unknown, sentence: said.notFoundOut(problem) };
}

export interface MxFate {
  readonly host: string;
  readonly covered: boolean;
}

/** Each mail host, and whether the policy covers it; empty without a policy to hold it against. */
export function mxFates(
  { policy, uncovered }: MtaStsReport,
  hosts: readonly string[],
): readonly MxFate[] {
  if (policy === null || policy.mode === 'none') return [];
  return hosts.map((host) => ({ host, covered: !uncovered.includes(host) }));
}

/** `1 week`, `90 minutes`: seconds as a person says them. */
export function ageText(seconds: number): string {
  for (const [text, length] of UNITS) {
    const count = seconds / length;
    if (Number.isInteger(count) && count >= 1) return text(count);
  }
  return said.seconds(seconds);
}

const UNITS: readonly (readonly [(count: number) => string, number])[] = [
  [said.weeks, 604_800],
  [said.days, 86_400],
  [said.hours, 3600],
  [said.minutes, 60],
];
