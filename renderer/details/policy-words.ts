/** MTA-STS and TLS reporting in words: what there is, what senders do with it, what is wrong. */
import type { MtaStsReport, Report, TlsRptReport } from '../../shared/inspection/report.ts';
import type { Tone } from '../ui/tone.ts';

export interface PolicyFace {
  readonly tone: Tone;
  readonly word: string;
  readonly sentence: string;
}

export function mtaStsFace(report: Report): PolicyFace {
  const { checked, record, problem, policy, uncovered } = report.policy.mtaSts;
  if (!checked) return notLookedAt(report);
  if (record === null) return problem === null ? NO_MTA_STS : unknown(problem);
  if (problem !== null) {
    const sentence = `Senders find no policy and deliver as if there were none: ${problem}.`;
    return { tone: 'warn', word: 'not usable', sentence };
  }
  if (policy === null) {
    const sentence = 'There is a record; the policy file was not fetched (DNS only).';
    return { tone: 'none', word: 'announced', sentence };
  }
  if (uncovered.length > 0) {
    const enforced = policy.mode === 'enforce';
    return {
      tone: enforced ? 'err' : 'warn',
      word: 'leaves out a host',
      sentence: enforced
        ? 'Senders that follow the policy do not deliver to the hosts it leaves out.'
        : 'In testing mode: senders deliver all the same, and report the hosts it leaves out.',
    };
  }
  return MODES[policy.mode];
}

const NO_MTA_STS: PolicyFace = {
  tone: 'none',
  word: 'none',
  sentence:
    'There is no MTA-STS policy. With DANE in order none is needed; senders without DANE would follow one.',
};

const MODES: Readonly<Record<'enforce' | 'testing' | 'none', PolicyFace>> = {
  enforce: {
    tone: 'ok',
    word: 'enforced',
    sentence:
      'Senders that know it deliver only over TLS, to these hosts, with certificates they check.',
  },
  testing: {
    tone: 'ok',
    word: 'testing',
    sentence: 'Senders deliver in any case, and report where the policy is not met.',
  },
  none: {
    tone: 'none',
    word: 'switched off',
    sentence: 'The policy says that there is none to follow: how MTA-STS is taken back.',
  },
};

export function tlsRptFace(report: Report): PolicyFace {
  const { checked, record, problem }: TlsRptReport = report.policy.tlsRpt;
  if (!checked) return notLookedAt(report);
  if (record === null) {
    if (problem !== null) return unknown(problem);
    const sentence = 'When DANE or TLS fails, senders know it but have nowhere to tell.';
    return { tone: 'none', word: 'not asked for', sentence };
  }
  if (problem !== null) {
    return { tone: 'warn', word: 'not usable', sentence: `Senders send no reports: ${problem}.` };
  }
  const sentence = 'Senders report here how TLS fares, failures of DANE among it.';
  return { tone: 'ok', word: 'asked for', sentence };
}

function notLookedAt(report: Report): PolicyFace {
  return report.finished
    ? { tone: 'none', word: 'not looked at', sentence: 'Policies matter only where mail is taken.' }
    : { tone: 'pending', word: 'looking', sentence: 'Looking for the record.' };
}

function unknown(problem: string): PolicyFace {
  return { tone: 'none', word: 'not known', sentence: `It could not be found out: ${problem}.` };
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
  for (const [unit, length] of UNITS) {
    const count = seconds / length;
    if (Number.isInteger(count) && count >= 1) return `${count} ${unit}${count === 1 ? '' : 's'}`;
  }
  return `${seconds} seconds`;
}

const UNITS: readonly (readonly [string, number])[] = [
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];
