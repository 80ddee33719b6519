/** Asks before a case gives way to the live domain, whose servers would be told of it. */
import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { leaveCase, stayWithCase, useInspection } from '../store/inspection-store.ts';
import { Seen } from '../ui/seen.tsx';

export function CaseQuestion(): ReactNode {
  const asked = useInspection((state) => state.leaving !== null);
  const domain = useInspection((state) => state.report?.domain ?? '');
  const lab = useInspection((state) => state.network === 'lab');
  return (
    <Modal
      opened={asked}
      onClose={stayWithCase}
      title="Leave the case and ask now?"
      centered
      // Both would put style elements into the page, which the security policy forbids.
      lockScroll={false}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <p>
        The servers of{' '}
        <span className="mono">
          <Seen text={domain} />
        </span>{' '}
        are asked {lab ? 'in the built-in lab' : 'on the internet'}, as they are now. The case gives
        way to what they say; its file stays as it is.
      </p>
      <div className="link-buttons">
        <Button variant="default" onClick={stayWithCase}>
          Stay with the case
        </Button>
        <Button data-autofocus onClick={() => void leaveCase()}>
          Ask now
        </Button>
      </div>
    </Modal>
  );
}
