/** Questions about the test of a sender, with every answer parsed. */
import type {
  OutboundStart,
  OutboundState,
  OutboundWish,
  ResolverChecks,
} from '../../shared/ipc/outbound.ts';
import { answered, preload, told } from './answers.ts';
import type { StopListening } from './preload-api.ts';

export interface OutboundBridge {
  read(): Promise<OutboundState>;
  start(wish: OutboundWish): Promise<OutboundStart>;
  again(): Promise<OutboundState>;
  stop(): Promise<OutboundState>;
  /** Null asks the resolvers that this machine is set to use. */
  check(resolver: string | null): Promise<ResolverChecks>;
  onChanged(listener: (state: OutboundState) => void): StopListening;
}

export const outboundBridge: OutboundBridge = {
  read: () => answered('outbound:read', preload.readOutbound()),
  start: (wish) => answered('outbound:start', preload.startOutbound(wish)),
  again: () => answered('outbound:again', preload.repeatOutbound()),
  stop: () => answered('outbound:stop', preload.stopOutbound()),
  check: (resolver) => answered('outbound:check', preload.checkResolvers({ resolver })),
  onChanged: (listener) => preload.onOutboundChanged(told('outbound:changed', listener)),
};
