/** Shows the address of a page on the web before it is opened in the person's browser. */
import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { copyText, dismissLink, openLink, useProgram } from '../store/settings-store.ts';
import { words } from '../words/words.ts';

const said = words.findings.link;

export function LinkQuestion(): ReactNode {
  const link = useProgram((state) => state.link);
  return (
    <Modal
      opened={link !== null}
      onClose={dismissLink}
      title={said.title}
      centered
      // Both would put style elements into the page, which the security policy forbids.
      lockScroll={false}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': said.close }}
    >
      <p className="mono link-address">{link}</p>
      <div className="link-buttons">
        <Button variant="default" onClick={() => void copyText(link ?? '').then(dismissLink)}>
          {said.copy}
        </Button>
        <Button data-autofocus onClick={() => void openLink()}>
          {said.open}
        </Button>
      </div>
    </Modal>
  );
}
