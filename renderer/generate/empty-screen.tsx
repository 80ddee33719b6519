/** Before anything was dropped: what can be, how, and what becomes of it. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import {
  MAX_FILE_OCTETS,
  MAX_FILES,
  MAX_ITEMS,
  MAX_ITEMS_PER_FILE,
} from '../../shared/material/limits.ts';
import { chooseFolder } from '../store/material-store.ts';
import { Icon } from '../ui/icon.tsx';
import { askForFiles } from './material-input.tsx';
import { Said } from '../ui/said.tsx';
import { words } from '../words/words.ts';

const { empty: said } = words.generate;
const EXAMPLE_FOLDER = '/etc/letsencrypt/live/NAME';
const CHAIN_COMMAND = 'openssl s_client -showcerts';

export function EmptyScreen(): ReactNode {
  return (
    <div className="generate-empty scroll">
      <div className="generate-column">
        <div className="drop-place">
          <Icon name="file-plus" size={28} />
          <h2>{words.generate.input.drop}</h2>
          <p>
            <Said parts={said.where(<span className="mono">{EXAMPLE_FOLDER}</span>)} />
          </p>
          <p className="drop-buttons">
            <Button onClick={askForFiles}>{said.chooseFiles}</Button>
            <Button variant="default" onClick={() => void chooseFolder()}>
              {said.chooseFolder}
            </Button>
          </p>
        </div>
        <dl>
          <dt>{said.readable}</dt>
          <dd>
            <Said parts={said.readableKinds(<span className="mono">{CHAIN_COMMAND}</span>)} />
          </dd>
          <dt>{said.result}</dt>
          <dd>{said.resultIs}</dd>
          <dt>{said.fate}</dt>
          <dd>{said.fateIs}</dd>
          <dt>{said.most}</dt>
          <dd>
            {said.mostIs(MAX_FILES, MAX_FILE_OCTETS / 1024 / 1024, MAX_ITEMS_PER_FILE, MAX_ITEMS)}
          </dd>
        </dl>
      </div>
    </div>
  );
}
