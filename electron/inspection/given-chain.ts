/** Chains that a person gave for a host, in the place of what its servers would present. */
import type { GivenChain } from '../../shared/inspection/given-chains.ts';
import type { ProbeResult } from '../smtp/probe.ts';

/** One result for each chain, as if the address had presented it; nobody is spoken to. */
export function resultsOfChains(
  address: string,
  chains: readonly GivenChain[],
): readonly ProbeResult[] {
  return chains.map((chain, index) => ({
    address,
    offer: index === 0 ? 'usual' : chain.offer,
    source: 'file',
    serverName: null,
    stage: 'done',
    failure: null,
    error: null,
    banner: null,
    starttls: null,
    injected: false,
    session: { version: '', cipher: '', presented: chain.certificates, exact: true },
    transcript: [],
    stages: [],
    parting: Promise.resolve(null),
  }));
}
