/** What is asked before results are lost, or servers are asked again. */
import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { answerQuestion } from '../store/batch-actions.ts';
import { askQuestion, useBatch, type BatchQuestion } from '../store/batch-store.ts';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';

const said = words.batch.questions;

export function BatchQuestions(): ReactNode {
  const question = useBatch((view) => view.question);
  const done = useBatch((view) => view.state?.done ?? 0);
  const dismiss = (): void => {
    askQuestion(null);
  };
  const { title, texts, yes } = wordsOf(question, done);
  return (
    <Modal
      opened={question !== null}
      onClose={dismiss}
      title={title}
      centered
      // Both would put style elements into the page, which the security policy forbids.
      lockScroll={false}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': words.frame.close }}
    >
      {texts.map((text) => (
        <p key={text} className="batch-question">
          <Seen text={text} />
        </p>
      ))}
      <div className="link-buttons">
        <Button variant="default" data-autofocus onClick={dismiss}>
          {said.cancel}
        </Button>
        <Button onClick={() => void answerQuestion()}>{yes}</Button>
      </div>
    </Modal>
  );
}

function wordsOf(
  question: BatchQuestion | null,
  done: number,
): { readonly title: string; readonly texts: readonly string[]; readonly yes: string } {
  switch (question?.kind) {
    case undefined:
      return { title: '', texts: [], yes: '' };
    case 'clear':
      return {
        title: said.clear,
        texts: [said.clearText(done)],
        yes: words.batch.buttons.clearNow,
      };
    case 'replace':
      return { title: said.replace, texts: [said.replaceText(done)], yes: said.replaceNow };
    case 'gone':
      return { title: said.gone, texts: [question.message, said.goneText], yes: said.goneNow };
  }
}
