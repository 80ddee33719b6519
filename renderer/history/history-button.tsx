/** The button in the top bar that opens the kept runs. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { showHistory, useHistory } from '../store/history-store.ts';
import { words } from '../words/words.ts';

export function HistoryButton(): ReactNode {
  const isOpen = useHistory((state) => state.isOpen);
  return (
    <Button
      variant="default"
      h={34}
      className="history-button"
      title={words.history.buttonHint}
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      onClick={() => {
        showHistory(!isOpen);
      }}
    >
      {words.history.title}
    </Button>
  );
}
