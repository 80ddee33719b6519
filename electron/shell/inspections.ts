/** Turns what a person typed into an inspection that can be begun, on the internet or in the lab. */
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import type { ChainText } from '../../shared/inspection/given-chains.ts';
import type {
  HostLookReply,
  HostLookRequest,
  LabDomain,
  NetworkChoice,
  WhatIfReply,
  WhatIfRequest,
} from '../../shared/ipc/contract.ts';
import type { RecordedInspection } from '../compose.ts';

export interface Inspections {
  /** `chains` are judged in place of what their hosts present. */
  begin(typed: string, network: NetworkChoice, chains?: readonly ChainText[]): Promise<Begun>;
  /** One mail host by itself; an abort of `signal` rejects. */
  lookAtHost(request: HostLookRequest, signal: AbortSignal): Promise<HostLookReply>;
  judgeWhatIf(request: WhatIfRequest): WhatIfReply;
  labDomains(): Promise<readonly LabDomain[]>;
}

/** Begins it, and keeps what it is told. */
type Record = (signal: AbortSignal) => RecordedInspection;

export type Begun =
  | {
      readonly kind: 'begun';
      readonly domain: string;
      readonly record: Record;
      /** Begins it, and keeps nothing: for many, one after the other. */
      readonly inspect: (signal: AbortSignal) => AsyncGenerator<InspectionEvent, void, void>;
    }
  | { readonly kind: 'refused'; readonly message: string };
