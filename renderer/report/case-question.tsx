/** Asks before a case gives way to the live domain, whose servers would be told of it. */
import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { leaveCase, stayWithCase, useInspection } from '../store/inspection-store.ts';
import { Seen } from '../ui/seen.tsx';
import { Said } from '../ui/said.tsx';
import { words } from '../words/words.ts';

const { leaving: said } = words.report;

export function CaseQuestion(): ReactNode {
  const asked = useInspection((state) => state.leaving !== null);
  const domain = useInspection((state) => state.report?.domain ?? '');
  const lab = useInspection((state) => state.network === 'lab');
  return (
    <Modal
      opened={asked}
      onClose={stayWithCase}
      title={said.title}
      centered
      // Both would put style elements into the page, which the security policy forbids.
      lockScroll={false}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': words.frame.close }}
    >
      <p>
        <Said
          parts={(lab ? said.ofLab : said.ofInternet)(
            <span className="mono">
              <Seen text={domain} />
            </span>,
          )}
        />
      </p>
      <div className="link-buttons">
        <Button variant="default" onClick={stayWithCase}>
          {said.stay}
        </Button>
        <Button data-autofocus onClick={() => void leaveCase()}>
          {said.ask}
        </Button>
      </div>
    </Modal>
  );
}
