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

export function EmptyScreen(): ReactNode {
  return (
    <div className="generate-empty scroll">
      <div className="generate-column">
        <div className="drop-place">
          <Icon name="file-plus" size={28} />
          <h2>Drop certificates, keys or requests</h2>
          <p>
            Anywhere on this window, on any screen: files, a folder such as{' '}
            <span className="mono">/etc/letsencrypt/live/NAME</span>, or text pasted with Ctrl+V.
          </p>
          <p className="drop-buttons">
            <Button onClick={askForFiles}>Choose files…</Button>
            <Button variant="default" onClick={() => void chooseFolder()}>
              Choose a folder…
            </Button>
          </p>
        </div>
        <dl>
          <dt>What can be read</dt>
          <dd>
            Certificates and chains in any order, private and public keys, certificate requests,
            PKCS #7 and PKCS #12, as PEM or DER; also what{' '}
            <span className="mono">openssl s_client -showcerts</span> writes.
          </dd>
          <dt>What you get</dt>
          <dd>
            The TLSA records to publish, in the form that your DNS software takes, compared with
            what is published and served now.
          </dd>
          <dt>What becomes of it</dt>
          <dd>
            Files are read on this computer and sent nowhere. Of a private key only the public half
            is used; nothing of the rest is kept, shown or sent.
          </dd>
          <dt>How much at a time</dt>
          <dd>
            {MAX_FILES.toLocaleString('en')} files of {MAX_FILE_OCTETS / 1024 / 1024} MiB, with{' '}
            {MAX_ITEMS_PER_FILE.toLocaleString('en')} certificates and keys in each,{' '}
            {MAX_ITEMS.toLocaleString('en')} in all.
          </dd>
        </dl>
      </div>
    </div>
  );
}
