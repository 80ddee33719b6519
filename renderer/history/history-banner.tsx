/** Says that what is shown is a kept run, and what is not kept with it. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { inspectAgain, useInspection } from '../store/inspection-store.ts';
import { Icon } from '../ui/icon.tsx';
import { instantText } from '../ui/time.ts';
import { words } from '../words/words.ts';

const said = words.history.banner;

export function HistoryBanner(): ReactNode {
  const origin = useInspection((state) => state.origin);
  const network = useInspection((state) => state.network);
  const isOwnTrust = useInspection((state) => state.report?.tool.ownTrust === true);
  if (origin?.kind !== 'history') return null;
  return (
    <section className="history-banner" aria-label={said.title}>
      <Icon name="clock" tone="none" />
      <p>
        <strong>{said.text(instantText(origin.at))}</strong> {said.rest}
        {/* The lab is named at the field, and has a root of its own. */}
        {isOwnTrust && network !== 'lab' && <> {said.ownTrust}</>}
      </p>
      <Button
        variant="default"
        size="xs"
        className="history-now"
        title={said.nowHint}
        onClick={() => void inspectAgain()}
      >
        {said.now}
      </Button>
    </section>
  );
}
