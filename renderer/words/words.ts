/** The words of the window. Another language is another folder beside `en/`, of the same shape. */
import { batch } from './en/batch.ts';
import { chain } from './en/chain.ts';
import { details } from './en/details.ts';
import { findings } from './en/findings.ts';
import { frame } from './en/frame.ts';
import { generate } from './en/generate.ts';
import { history } from './en/history.ts';
import { inspect } from './en/inspect.ts';
import { outbound } from './en/outbound.ts';
import { outlook } from './en/outlook.ts';
import { report } from './en/report.ts';
import { rollover } from './en/rollover.ts';
import { servers } from './en/servers.ts';
import { settings } from './en/settings.ts';
import { time } from './en/time.ts';
import { watch } from './en/watch.ts';

/** One entry a screen or panel: texts, and functions that put names and counts into a text. */
export const words = {
  batch,
  chain,
  details,
  findings,
  frame,
  generate,
  history,
  inspect,
  outbound,
  outlook,
  report,
  rollover,
  servers,
  settings,
  time,
  watch,
};
