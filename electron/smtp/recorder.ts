/** Writes down what a probe hears and says, and how long each stage took. */
import type { ProbeStage, TranscriptLine } from '../../shared/inspection/report.ts';
import type { Clock } from '../net/network.ts';

export interface Recorder {
  readonly note: (from: TranscriptLine['from'], text: string) => void;
  /** Ends the stage before, if any, and begins this one. */
  readonly enter: (stage: ProbeStage) => void;
  /** Milliseconds left of the stage's total; never negative. */
  readonly remainingMs: () => number;
  readonly stage: () => ProbeStage;
  readonly take: () => Recording;
}

export interface Recording {
  readonly stage: ProbeStage;
  readonly transcript: readonly TranscriptLine[];
  readonly stages: readonly { readonly stage: ProbeStage; readonly durationMs: number }[];
}

/** Lines of a transcript: three replies within their bounds, our commands and notes. */
const MAX_TRANSCRIPT_LINES = 400;

export function startRecorder(clock: Clock, stageTimeoutMs: number): Recorder {
  const begun = clock.monotonic();
  const transcript: TranscriptLine[] = [];
  const stages: { readonly stage: ProbeStage; readonly durationMs: number }[] = [];
  let stage: ProbeStage = 'connect';
  let entered = begun;
  const closeStage = (): void => {
    if (stage !== 'done') stages.push({ stage, durationMs: round(clock.monotonic() - entered) });
  };
  return {
    note: (from, text) => {
      if (transcript.length >= MAX_TRANSCRIPT_LINES) return;
      transcript.push({ from, text, atMs: round(clock.monotonic() - begun) });
    },
    enter: (next) => {
      closeStage();
      stage = next;
      entered = clock.monotonic();
    },
    remainingMs: () => Math.max(0, entered + stageTimeoutMs - clock.monotonic()),
    stage: () => stage,
    take: () => {
      closeStage();
      return { stage, transcript: [...transcript], stages: [...stages] };
    },
  };
}

/** Hundredths of a millisecond are more than a network tells. */
function round(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100;
}
