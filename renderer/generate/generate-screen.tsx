/** The Generate screen: what was dropped, and the TLSA records to publish for it. */
import type { ReactNode } from 'react';

export function GenerateScreen(): ReactNode {
  return <div className="generate" />;
}
