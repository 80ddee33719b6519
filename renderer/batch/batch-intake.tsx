/** Before there is a list: how to give one, and what becomes of it. */
import { Button } from '@mantine/core';
import { useRef, useState, type ReactNode } from 'react';
import { MAX_DOMAINS } from '../../shared/batch/limits.ts';
import { takeList, takeListFiles } from '../store/batch-actions.ts';
import { MAX_LIST_MEBIBYTES } from '../store/batch-intake.ts';
import { useInspection } from '../store/inspection-store.ts';
import { useProgram } from '../store/settings-store.ts';
import { Icon } from '../ui/icon.tsx';
import { words } from '../words/words.ts';

const said = words.batch.empty;

export function BatchIntake(): ReactNode {
  const [text, setText] = useState('');
  const file = useRef<HTMLInputElement>(null);
  return (
    <div className="batch-empty scroll">
      <div className="batch-column">
        <h3>{said.heading}</h3>
        <p className="batch-lead">{said.lead}</p>
        <textarea
          className="batch-field mono"
          aria-label={said.field}
          placeholder={said.example}
          rows={8}
          spellCheck={false}
          value={text}
          onChange={({ currentTarget }) => {
            setText(currentTarget.value);
          }}
          onKeyDown={({ key, ctrlKey, metaKey }) => {
            if (key === 'Enter' && (ctrlKey || metaKey) && text.trim() !== '') void takeList(text);
          }}
        />
        <p className="batch-ways">
          <Button h={34} disabled={text.trim() === ''} onClick={() => void takeList(text)}>
            {said.take}
          </Button>
          <Button h={34} variant="default" onClick={() => file.current?.click()}>
            {said.choose}
          </Button>
          <LabList />
        </p>
        <input
          ref={file}
          type="file"
          hidden
          data-batch-file
          aria-label={said.choose}
          onChange={({ currentTarget }) => {
            const files = [...(currentTarget.files ?? [])];
            // The same file may be chosen again.
            currentTarget.value = '';
            void takeListFiles(files);
          }}
        />
        <dl className="batch-facts">
          <dt>{said.forms}</dt>
          <dd>{said.formsText}</dd>
          <dt>{said.most}</dt>
          <dd>{said.mostText(MAX_DOMAINS, MAX_LIST_MEBIBYTES)}</dd>
          <dt>{said.politeness}</dt>
          <dd>{said.politenessText}</dd>
        </dl>
      </div>
    </div>
  );
}

/** Where the lab is what is asked, or nothing is at hand. */
function LabList(): ReactNode {
  const domains = useProgram((state) => state.labDomains);
  const lab = useInspection((state) => state.network === 'lab');
  if (!lab || domains.length === 0) return null;
  return (
    <Button
      h={34}
      variant="default"
      leftSection={<Icon name="flask" />}
      onClick={() => void takeList(domains.map(({ domain }) => domain).join('\n'), 'lab')}
    >
      {said.lab}
    </Button>
  );
}
