/** Asks resolvers side by side whether they find and trust the test’s zone. */
import type { SelfCheck } from '../../shared/lab/self-check.ts';
import type { Endpoint } from '../net/network.ts';
import { systemResolvers } from '../net/system-resolvers.ts';
import { checkResolver, type SelfCheckOptions, type SelfCheckPorts } from './self-check.ts';

export interface ResolverQuestion extends Omit<SelfCheckOptions, 'resolver'> {
  /** Null takes those that this machine is set to ask. */
  readonly resolvers: readonly Endpoint[] | null;
}

export interface ResolverWord extends SelfCheck {
  readonly resolver: Endpoint;
}

/** The C library asks no more of them: resolv.conf(5), MAXNS. */
const MAX_RESOLVERS = 3;

export function checkResolvers(
  { resolvers, ...question }: ResolverQuestion,
  ports: SelfCheckPorts,
  signal: AbortSignal,
): Promise<readonly ResolverWord[]> {
  const asked = (resolvers ?? systemResolvers()).slice(0, MAX_RESOLVERS);
  return Promise.all(
    asked.map(async (resolver) => ({
      resolver,
      ...(await checkResolver({ ...question, resolver }, ports, signal)),
    })),
  );
}
