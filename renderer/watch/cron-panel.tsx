/** The line of a crontab that does the same without this window, to copy. */
import { Fragment, type ReactNode } from 'react';
import type { Settings } from '../../shared/ipc/contract.ts';
import type { WatchState } from '../../shared/ipc/watch.ts';
import { cronLine, LIST_FILE, type AskingOptions } from '../../shared/watch/cron-line.ts';
import { copyText, useProgram } from '../store/settings-store.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { words } from '../words/words.ts';
import { intervalText } from './watch-rows.ts';

const text = words.watch.cron;

export function CronPanel({ state }: { readonly state: WatchState }): ReactNode {
  const { preferences } = useProgram((program) => program.settings);
  const lab = useProgram((program) => program.info?.lab === true);
  const asking = askingOf(preferences, lab);
  const names = state.domains.map(({ domain }) => domain);
  const cron = cronLine(names, state.settings, asking);
  return (
    <section aria-labelledby="watch-cron">
      <h3 id="watch-cron">{text.title}</h3>
      {cron === null ? (
        <p className="dim">{text.empty}</p>
      ) : (
        <>
          <p className="dim">{text.text}</p>
          <Line text={cron.line} />
          <CopyButton text={cron.line} copy={copyText} what={text.copyLine} />
          {cron.list !== null && (
            <p>
              {text.list(LIST_FILE)}{' '}
              <CopyButton text={cron.list} copy={copyText} what={text.copyList} />
            </p>
          )}
          {cron.everyMinutes !== state.settings.intervalMinutes && (
            <p className="dim">{text.rounded(intervalText(cron.everyMinutes))}</p>
          )}
          {asking.ownRoot && <p className="dim">{text.ownRoot}</p>}
          <p className="dim">{text.path}</p>
        </>
      )}
    </section>
  );
}

/** Broken between words alone: one that was broken at its hyphens is easily typed wrong. */
function Line({ text: line }: { readonly text: string }): ReactNode {
  return (
    <pre className="watch-line mono">
      {line.split(' ').map((word, index) => (
        <Fragment key={`${index} ${word}`}>
          {index > 0 && ' '}
          <span>{word}</span>
        </Fragment>
      ))}
    </pre>
  );
}

function askingOf(preferences: Settings['preferences'], lab: boolean): AskingOptions {
  const { resolver, proxy, ehloName, timeoutSeconds, families, smtp, allowPrivate } = preferences;
  const ownRoot = preferences.rootHints !== '' || preferences.trustAnchors !== '';
  const asked = { resolver, proxy, ehloName, timeoutSeconds, families, smtp, allowPrivate };
  return { lab, ownRoot, ...asked };
}
