/** The Outbound screen: does a mail server check DANE? */
import type { ReactNode } from 'react';
import { words } from '../words/words.ts';

export function OutboundScreen(): ReactNode {
  return <h2>{words.frame.screens.outbound}</h2>;
}
