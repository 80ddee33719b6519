/** One of the four DNSSEC statuses: lock, word and colour. */
import type { ReactNode } from 'react';
import type { Security } from '../../shared/inspection/report.ts';
import { Icon } from './icon.tsx';
import { SECURITY_FACE } from './tone.ts';

export function SecurityTag({ security }: { readonly security: Security }): ReactNode {
  const { tone, icon, word } = SECURITY_FACE[security];
  return (
    <span className={`tag tone-${tone}`}>
      <Icon name={icon} size={11} />
      {word}
    </span>
  );
}
