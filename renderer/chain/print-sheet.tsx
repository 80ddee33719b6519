/** The picture on paper: what is printed of the window, in sheets that a page holds, legible without colour. */
import { useEffect, useState, type ReactNode } from 'react';
import { createPortal, flushSync } from 'react-dom';
import { markupOf } from '../../shared/export/escape-html.ts';
import { drawPicture } from '../../shared/export/html-picture.ts';
import { picturesOf } from '../../shared/export/picture.ts';
import type { Report } from '../../shared/inspection/report.ts';
import { Seen } from '../ui/seen.tsx';
import { instantText } from '../ui/time.ts';
import { OUTCOME_FACE } from '../ui/tone.ts';
import { words } from '../words/words.ts';

export function PrintSheet({ report }: { readonly report: Report }): ReactNode {
  const isPrinting = usePrinting();
  if (!isPrinting) return null;
  const { at, domain, outcome, summary, tool } = report;
  return createPortal(
    <div className="print-sheet">
      <h1>
        <Seen text={domain} />
      </h1>
      <p className="print-verdict">
        <b>{OUTCOME_FACE[outcome].word}</b> <Seen text={summary} />
      </p>
      {at !== '' && (
        <p className="print-made">{words.chain.print.made(instantText(at), tool.version)}</p>
      )}
      {picturesOf(report).map((picture, index) => (
        // The markup is made by the one template that escapes whatever is put into it.
        <div key={index} dangerouslySetInnerHTML={{ __html: markupOf(drawPicture(picture)) }} />
      ))}
    </div>,
    document.body,
  );
}

/** The sheet is made when it is asked for, and must be there before the page is printed. */
function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const begin = (): void => {
      flushSync(() => {
        setPrinting(true);
      });
    };
    const end = (): void => {
      setPrinting(false);
    };
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  return isPrinting;
}
