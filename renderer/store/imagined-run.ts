/** The evidence of the last inspection judged under other circumstances; answered with a report, or why there is none. */
import { emptyReport } from '../../shared/inspection/empty-report.ts';
import { gather } from '../../shared/inspection/fold.ts';
import { judge } from '../../shared/inspection/judge.ts';
import type { Report } from '../../shared/inspection/report.ts';
import type { WhatIfReply, WhatIfRequest } from '../../shared/ipc/contract.ts';
import { bridge } from '../bridge/bridge.ts';
import { MAX_KEPT_EVENTS } from './inspection-store.ts';
import { words } from '../words/words.ts';

export type Imagined =
  | { readonly phase: 'judged'; readonly report: Report }
  | { readonly phase: 'refused'; readonly message: string };

export async function imagine(request: WhatIfRequest, domain: string): Promise<Imagined> {
  const reply = await ask(request);
  if (reply.kind === 'refused') return { phase: 'refused', message: reply.message };
  return { phase: 'judged', report: judge(reply.events.reduce(gather, emptyReport(domain))) };
}

/** A fault on the way is told like a refusal, so that nothing waits for ever. */
async function ask(request: WhatIfRequest): Promise<WhatIfReply> {
  if (request.events.length === 0) {
    return { kind: 'refused', message: words.frame.nothingToJudge };
  }
  if (request.events.length >= MAX_KEPT_EVENTS) {
    return { kind: 'refused', message: words.frame.tooLargeToJudge };
  }
  try {
    return await bridge.judgeWhatIf(request);
  } catch (error) {
    const what = error instanceof Error ? error.message : words.frame.unknownFault;
    return { kind: 'refused', message: words.frame.couldNotJudge(what) };
  }
}
