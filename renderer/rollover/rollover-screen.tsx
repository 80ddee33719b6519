/** The Rollover screen: when to publish, install and remove what, as a time line and step by step. */
import type { ReactNode } from 'react';

export function RolloverScreen(): ReactNode {
  return <div className="rollover" />;
}
