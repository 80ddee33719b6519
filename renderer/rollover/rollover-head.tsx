/** The head: whose rollover it is, what decides its waits, and what can be taken away. */
import { Button, Loader } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { HostReport, RolloverScheme } from '../../shared/inspection/report.ts';
import type { HostView } from '../store/world-store.ts';
import { checkNow } from '../store/rollover-store.ts';
import { saveText } from '../store/save-store.ts';
import { savedWords } from './save-words.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { countText } from '../ui/time.ts';
import type { Tone } from '../ui/tone.ts';

export interface RolloverHeadProps {
  readonly view: HostView | null;
  readonly host: HostReport | null;
  /** Null while there is no plan to put into one. */
  readonly calendar: { readonly name: string; readonly write: () => string } | null;
  readonly openHook: (() => void) | null;
}

export function RolloverHead({ view, host, calendar, openHook }: RolloverHeadProps): ReactNode {
  const looking = view?.phase === 'looking';
  return (
    <header className="rollover-head">
      <div className="rollover-title">
        <h2>
          {view === null ? (
            'Rollover'
          ) : (
            <>
              Rollover of <Seen text={host?.name ?? view.host} />
            </>
          )}
        </h2>
        {host !== null && <SchemeTag scheme={host.tlsa.rolloverScheme} />}
        {host !== null && <p className="dim">{factsOf(host).join(' · ')}</p>}
      </div>
      <CalendarButton calendar={calendar} />
      <Button
        variant="default"
        h={32}
        disabled={openHook === null}
        aria-haspopup="dialog"
        rightSection={<Icon name="down" size={11} />}
        onClick={() => openHook?.()}
      >
        Hook script
      </Button>
      <Button
        h={32}
        disabled={view === null}
        // A button that is disabled while it works would lose the focus of the keyboard.
        {...(looking ? { 'aria-disabled': true, 'data-disabled': true } : {})}
        leftSection={looking ? <Loader size={12} color="currentColor" /> : null}
        onClick={() => {
          if (!looking) checkNow();
        }}
      >
        {looking ? 'Looking' : 'Check now'}
      </Button>
    </header>
  );
}

function CalendarButton({ calendar }: Pick<RolloverHeadProps, 'calendar'>): ReactNode {
  const [said, setSaid] = useState('');
  return (
    <>
      <span className="dim rollover-saved" role="status">
        <Seen text={said} />
      </span>
      <Button
        variant="default"
        h={32}
        disabled={calendar === null}
        title="The steps with their times, as a file for your calendar (.ics)"
        onClick={() => {
          if (calendar === null) return;
          void saveText(calendar.name, calendar.write(), false).then((reply) => {
            setSaid(savedWords(reply));
          });
        }}
      >
        Calendar
      </Button>
    </>
  );
}

const SCHEMES: Readonly<Record<RolloverScheme, { readonly tone: Tone; readonly words: string }>> = {
  'current+next': { tone: 'ok', words: 'current + next' },
  'current+issuer': { tone: 'ok', words: 'current + issuer' },
  'issuer-only': { tone: 'warn', words: 'issuer only' },
  single: { tone: 'warn', words: 'one record' },
  none: { tone: 'none', words: 'no scheme' },
};

function SchemeTag({ scheme }: { readonly scheme: RolloverScheme }): ReactNode {
  const { tone, words } = SCHEMES[scheme];
  return (
    <span className={`tag tone-${tone}`} title="What the published records follow now">
      {words}
    </span>
  );
}

function factsOf({ tlsa: { ttl, soaRefresh, servers } }: HostReport): readonly string[] {
  const names = new Set(servers.map(({ server }) => server)).size;
  return [
    ...(ttl === null ? [] : [`TLSA TTL ${ttl} s`]),
    ...(soaRefresh === null ? [] : [`zone refresh ${soaRefresh} s`]),
    ...(names === 0 ? [] : [countText(names, 'name server', 'name servers')]),
  ];
}
