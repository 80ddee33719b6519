/** The stages of a conversation with their times, and what was said in each. */
import type { ProbeReport, ProbeStage, TranscriptLine } from '../../shared/inspection/report.ts';

export interface Stage {
  readonly stage: ProbeStage;
  /** Milliseconds since the connection was begun. */
  readonly fromMs: number;
  readonly durationMs: number;
  /** Share of the whole, 0–1. */
  readonly from: number;
  readonly share: number;
  readonly lines: readonly TranscriptLine[];
}

/** Stages follow one another; a line belongs to the first stage that has not ended before it. */
export function stagesOf({ stages, transcript }: ProbeReport): readonly Stage[] {
  const total = Math.max(
    stages.reduce((sum, { durationMs }) => sum + Math.max(durationMs, 0), 0),
    Number.MIN_VALUE,
  );
  let fromMs = 0;
  let told = 0;
  return stages.map(({ stage, durationMs }, index) => {
    const length = Math.max(durationMs, 0);
    const until = fromMs + length;
    const later = transcript.findIndex(({ atMs }, place) => place >= told && atMs > until);
    // What comes behind the last stage is told with it.
    const end = later < 0 || index === stages.length - 1 ? transcript.length : later;
    const lines = transcript.slice(told, end);
    const whole = { stage, fromMs, durationMs, from: fromMs / total, share: length / total, lines };
    told = end;
    fromMs = until;
    return whole;
  });
}
