// Keeps the universe up until Ctrl-C, and tells a person how to ask it.
import { startUniverse, type Universe } from './universe.ts';
import { ALL_ZONES } from './zones/all-zones.ts';

export async function runInForeground(): Promise<void> {
  const started = Date.now();
  console.error('Starting the universe…');
  let universe: Universe;
  try {
    universe = await startUniverse();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 3;
    return;
  }
  console.log(describe(universe, Date.now() - started));
  const keepAlive = setInterval(() => undefined, 60_000);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => resolve());
  });
  clearInterval(keepAlive);
  console.error('Clearing up…');
  await universe.stop();
}

function describe(universe: Universe, milliseconds: number): string {
  const options = [
    `--root-hints ${universe.rootHints}`,
    `--trust-anchor ${universe.trustAnchor}`,
    `--dns-port ${universe.dnsPort}`,
    `--smtp-port ${universe.smtpPort}`,
    '--allow-private',
  ].join(' ');
  const domains = ALL_ZONES.filter(({ records }) => records !== '').map(({ name }) => `  ${name}`);
  return [
    `Up after ${(milliseconds / 1000).toFixed(1)} s.`,
    '',
    'Domains:',
    ...domains,
    '',
    'Name servers:',
    ...Object.entries(universe.servers).map(([key, address]) => `  ${key.padEnd(12)} ${address}`),
    '',
    `Mail servers: ${universe.mailHindrance ?? `${universe.mailAddresses.length} addresses, port ${universe.smtpPort}`}`,
    `Everything else: ${universe.workFolder}/universe.json`,
    '',
    'Inspect one of them:',
    `  npm run --silent cli -- check right-311.test ${options}`,
    '',
    'Change the TLSA records of updated.test or renewed.test:',
    `  nsupdate -k ${universe.updateKey}   (begin with: server ${universe.servers['host-a']} ${universe.dnsPort})`,
    '',
    'Ctrl-C ends it and clears up.',
  ].join('\n');
}
