// Asks delv, BIND's stand-alone validator, for the status of a look-up; it fetches by way of a server that validates nothing.
import { execFile } from 'node:child_process';
import type { Security } from '../../../shared/inspection/report.ts';
import type { UniverseFacts } from '../../universe/universe.ts';

export async function judgeWithDelv(
  universe: UniverseFacts,
  name: string,
  type: string,
): Promise<Security> {
  const output = await outputOf('delv', [
    `@${universe.recursive}`,
    '-p',
    String(universe.dnsPort),
    '-a',
    universe.delvAnchor,
    '+root=.',
    name === '.' ? name : `${name}.`,
    type,
  ]);
  return readStatus(output);
}

/** Every part of a CNAME chain has a line of its own; the weakest counts. */
export function readStatus(output: string): Security {
  const failed = /^;; resolution failed: (.*)$/m.exec(output)?.[1];
  // A denial is told as a failure "ncache …", with its status beside it.
  if (failed !== undefined && !failed.startsWith('ncache')) {
    return /broken trust chain|RRSIG|no valid|insecurity proof|bogus/.test(failed)
      ? 'bogus'
      : 'indeterminate';
  }
  if (/^; (negative response, )?unsigned answer$/m.test(output)) return 'insecure';
  if (/^; (negative response, )?fully validated$/m.test(output)) return 'secure';
  throw new Error(`delv said something unknown:\n${output}`);
}

function outputOf(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    // delv exits with an error where an answer is bogus, and says why on standard error.
    execFile(command, [...args], { timeout: 30_000 }, (_error, stdout, stderr) =>
      resolve(`${stderr}${stdout}`),
    );
  });
}
