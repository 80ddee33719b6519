/** Reads the files of `--chain HOST=FILE`: certificate chains that are judged in place of mail servers. */
import { readGivenChains, type ChainText } from '../../shared/inspection/given-chains.ts';
import { MAX_PEM_CHARACTERS } from '../../shared/x509/limits.ts';
import { UsageError, readBoundedFile } from './input-file.ts';

/** Refuses, in one sentence that names the file, what is no chain. */
export async function readChainFiles(given: readonly string[]): Promise<readonly ChainText[]> {
  const chains: ChainText[] = [];
  for (const pair of given) {
    const { host, file } = splitPair(pair);
    chains.push({ host, text: await readBoundedFile('--chain', file, MAX_PEM_CHARACTERS) });
  }
  const reading = readGivenChains(chains);
  if (!reading.ok) {
    const pair = given[reading.index];
    const where = pair === undefined ? '' : `${splitPair(pair).file}: `;
    throw new UsageError(`--chain: ${where}${reading.message}`);
  }
  return chains;
}

function splitPair(pair: string): { readonly host: string; readonly file: string } {
  const at = pair.indexOf('=');
  if (at < 1 || at === pair.length - 1) {
    throw new UsageError(
      '--chain takes HOST=FILE, such as mx.example.org=chain.pem; HOST is the name of an MX host.',
    );
  }
  return { host: pair.slice(0, at), file: pair.slice(at + 1) };
}
