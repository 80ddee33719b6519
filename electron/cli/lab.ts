/** `lab`: what the built-in lab has to show. */
import { listLabDomains } from '../compose.ts';
import type { ExitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

export async function listLab(json: boolean, terminal: Terminal): Promise<ExitCode> {
  const domains = await listLabDomains();
  if (json) {
    const listed = domains.map(({ name, description, outcome, findings }) => ({
      name,
      description,
      outcome,
      findings,
    }));
    terminal.out(JSON.stringify(listed));
    return 0;
  }
  const width = Math.max(...domains.map(({ name }) => name.length));
  for (const { name, description } of domains)
    terminal.out(`${name.padEnd(width)}  ${description}`);
  terminal.out(
    '\nCheck one, or all of them:\n  dane-inspector check --lab stale.lab\n  dane-inspector check --lab',
  );
  return 0;
}
