// Asks unbound-host, which resolves and validates by itself, for the status of a look-up.
import { execFile } from 'node:child_process';
import type { Security } from '../../../shared/inspection/report.ts';
import type { UniverseFacts } from '../../universe/universe.ts';

export async function judgeWithUnbound(
  universe: UniverseFacts,
  name: string,
  type: string,
): Promise<Security> {
  const args = ['-C', universe.unboundHostConfiguration, '-v', '-t', type, `${name}.`];
  const output = await new Promise<string>((resolve) => {
    const absolute = name === '.' ? [...args.slice(0, -1), '.'] : args;
    execFile('unbound-host', absolute, { timeout: 30_000 }, (_error, stdout, stderr) =>
      resolve(`${stdout}${stderr}`),
    );
  });
  return readStatus(output);
}

export function readStatus(output: string): Security {
  if (/\(BOGUS /.test(output)) return 'bogus';
  if (/\(error\)$/m.test(output)) return 'indeterminate';
  if (/\(insecure\)$/m.test(output)) return 'insecure';
  if (/\(secure\)$/m.test(output)) return 'secure';
  throw new Error(`unbound-host said something unknown:\n${output}`);
}
