/** Asks before other machines can reach the test: naming their addresses is not enough. */
import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { answerOpening, useOutbound } from '../store/outbound-store.ts';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';

const said = words.outbound.question;

export function OpenQuestion(): ReactNode {
  const trouble = useOutbound((view) => view.trouble);
  const isAsked = trouble?.kind === 'asks';
  const close = (): void => {
    void answerOpening(false);
  };
  return (
    <Modal
      opened={isAsked}
      onClose={close}
      title={<span className="question-title">{said.title}</span>}
      centered
      // Both would put style elements into the page, which the security policy forbids.
      lockScroll={false}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': words.frame.close }}
    >
      <p>{isAsked && <Seen text={trouble.question} />}</p>
      <p className="question-what dim">{said.what}</p>
      <div className="link-buttons">
        <Button variant="default" data-autofocus onClick={close}>
          {said.no}
        </Button>
        <Button onClick={() => void answerOpening(true)}>{said.yes}</Button>
      </div>
    </Modal>
  );
}
