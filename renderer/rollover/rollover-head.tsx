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
import type { Tone } from '../ui/tone.ts';
import { Said } from '../ui/said.tsx';
import { words } from '../words/words.ts';

const { head: said } = words.rollover;

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
            said.title
          ) : (
            <Said parts={said.titleOf(<Seen text={host?.name ?? view.host} />)} />
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
        {said.hook}
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
        {looking ? said.looking : said.check}
      </Button>
    </header>
  );
}

function CalendarButton({ calendar }: Pick<RolloverHeadProps, 'calendar'>): ReactNode {
  const [saved, setSaved] = useState('');
  return (
    <>
      <span className="dim rollover-saved" role="status">
        <Seen text={saved} />
      </span>
      <Button
        variant="default"
        h={32}
        disabled={calendar === null}
        title={said.calendarHint}
        onClick={() => {
          if (calendar === null) return;
          void saveText(calendar.name, calendar.write(), false).then((reply) => {
            setSaved(savedWords(reply));
          });
        }}
      >
        {said.calendar}
      </Button>
    </>
  );
}

const TONES: Readonly<Record<RolloverScheme, Tone>> = {
  'current+next': 'ok',
  'current+issuer': 'ok',
  'issuer-only': 'warn',
  single: 'warn',
  none: 'none',
};

function SchemeTag({ scheme }: { readonly scheme: RolloverScheme }): ReactNode {
  return (
    <span className={`tag tone-${TONES[scheme]}`} title={said.schemeHint}>
      {said.schemes[scheme]}
    </span>
  );
}

function factsOf({ tlsa: { ttl, soaRefresh, servers } }: HostReport): readonly string[] {
  const names = new Set(servers.map(({ server }) => server)).size;
  return [
    ...(ttl === null ? [] : [said.ttl(ttl)]),
    ...(soaRefresh === null ? [] : [said.refresh(soaRefresh)]),
    ...(names === 0 ? [] : [said.nameServers(names)]),
  ];
}
