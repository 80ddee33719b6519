/** Start-up time and peak memory of the command line as a user's shell sees them. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

export interface CommandMeasure {
  readonly wallMs: number;
  /** Largest resident set seen, in MiB; null where the system does not tell (not Linux). */
  readonly peakMiB: number | null;
  readonly exitCode: number | null;
}

/** Milliseconds between two looks at the memory; the kernel keeps the peak itself. */
const SAMPLE_MS = 5;

export function measureCommand(file: string, args: readonly string[]): Promise<CommandMeasure> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(process.execPath, [file, ...args], { stdio: 'ignore' });
    let peakMiB: number | null = null;
    const sampler = setInterval(() => {
      peakMiB = peakOf(child.pid) ?? peakMiB;
    }, SAMPLE_MS);
    child.once('error', (error) => {
      clearInterval(sampler);
      reject(error);
    });
    child.once('exit', (exitCode) => {
      clearInterval(sampler);
      resolve({ wallMs: performance.now() - began, peakMiB, exitCode });
    });
  });
}

/** The best of several runs: what the machine's other work adds is not ours. */
export async function bestOf(
  runs: number,
  file: string,
  args: readonly string[],
): Promise<CommandMeasure> {
  let best = await measureCommand(file, args);
  for (let run = 1; run < runs; run += 1) {
    const next = await measureCommand(file, args);
    if (next.wallMs < best.wallMs) best = next;
  }
  return best;
}

/** `VmHWM` of a process in MiB (proc(5)). */
function peakOf(pid: number | undefined): number | null {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
    return kibibytes === undefined ? null : Number(kibibytes) / 1024;
  } catch {
    // It has just ended, or this system has no /proc.
    return null;
  }
}
