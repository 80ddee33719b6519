/** On the rail: the list has ended, or stopped by itself, while another screen was open. */
import type { ReactNode } from 'react';
import { useBatch } from '../store/batch-store.ts';
import { words } from '../words/words.ts';

export function BatchNews(): ReactNode {
  const news = useBatch((view) => view.news);
  const text = news === null ? '' : words.batch.news[news];
  return (
    <span className="rail-news" role="status" title={text}>
      {news !== null && <span className="rail-dot" aria-hidden />}
      <span className="unseen">{text}</span>
    </span>
  );
}
