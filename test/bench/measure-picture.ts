/** How smoothly the picture of thirty hosts of six addresses and two kinds of key is dragged about. */
import { join } from 'node:path';
import { runScript } from './run-script.ts';

export interface Pan {
  /** Frames a second. */
  readonly rate: number;
  /** Those of them in which the picture had moved. */
  readonly moved: number;
  /** Milliseconds, at most, between two frames. */
  readonly gapMs: number;
}

export type PictureMeasure =
  | {
      readonly ok: true;
      /** From the end of the run until the picture stands. */
      readonly pictureMs: number;
      /** Until all of it is drawn singly. */
      readonly unfoldMs: number;
      readonly nodes: number;
      readonly folded: Pan;
      readonly unfolded: Pan;
      /** Zoomed out, so that nearly all of it is in sight at once. */
      readonly whole: Pan;
    }
  | { readonly ok: false; readonly reason: string };

const SCRIPT = join('test', 'bench', 'window-picture.mjs');

export async function measurePicture(): Promise<PictureMeasure> {
  const output = await runScript(SCRIPT);
  const figure = (name: string): number | undefined => {
    const found = new RegExp(`^${name} (\\d+)$`, 'm').exec(output)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const pan = (name: string): Pan | undefined => {
    const found = new RegExp(`^${name} ([\\d.]+) ([\\d.]+) (\\d+)$`, 'm').exec(output);
    const [rate, moved, gapMs] = (found ?? []).slice(1).map(Number);
    if (rate === undefined || moved === undefined || gapMs === undefined) return undefined;
    return { rate, moved, gapMs };
  };
  const [pictureMs, unfoldMs, nodes] = [figure('picture'), figure('unfold'), figure('nodes')];
  const [folded, unfolded, whole] = [pan('folded'), pan('unfolded'), pan('whole')];
  if (pictureMs === undefined || unfoldMs === undefined || nodes === undefined) {
    return { ok: false, reason: output.trim() || 'the app did not start' };
  }
  if (folded === undefined || unfolded === undefined || whole === undefined) {
    return { ok: false, reason: output.trim() };
  }
  return { ok: true, pictureMs, unfoldMs, nodes, folded, unfolded, whole };
}
