/** Asks before a domain is inspected that somebody else may have named: a link can stand on any web page. */
import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import type { OutsideDomain } from '../../shared/ipc/preferences.ts';
import { answerQuestion, useFrame } from '../store/settings-frame.ts';
import { usePreferences } from '../store/settings-preferences.ts';
import { visibleText } from '../ui/visible-text.ts';
import { words } from '../words/words.ts';

export function DomainQuestion(): ReactNode {
  const question = useFrame((state) => state.question);
  const { title, what, no, yes } = words.settings.question;
  const close = (): void => {
    answerQuestion(false);
  };
  return (
    <Modal
      opened={question !== null}
      onClose={close}
      title={<span className="question-title">{title}</span>}
      centered
      // Both would put style elements into the page, which the security policy forbids.
      lockScroll={false}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': words.frame.close }}
    >
      <p className="mono link-address question-domain">{visibleText(question?.domain ?? '')}</p>
      <p>{question === null ? '' : <Reason question={question} />}</p>
      <p className="question-what dim">{what}</p>
      <div className="link-buttons">
        {/* A page may ask while the person is typing: what Enter presses asks nobody. */}
        <Button variant="default" data-autofocus onClick={close}>
          {no}
        </Button>
        <Button
          onClick={() => {
            answerQuestion(true);
          }}
        >
          {yes}
        </Button>
      </div>
    </Modal>
  );
}

function Reason({ question }: { readonly question: OutsideDomain }): ReactNode {
  const facts = usePreferences((state) => state.facts);
  const { link, start, unsure, notification } = words.settings.question;
  const options = [
    ...(facts?.others ?? []),
    ...(facts?.fixed.map(({ option }) => option) ?? []),
  ].map(visibleText);
  switch (question.from) {
    case 'link':
      return link;
    case 'start':
    case 'menu':
      return options.length === 0 ? unsure : start(options.join(' '));
    case 'notification':
      return notification;
  }
}
