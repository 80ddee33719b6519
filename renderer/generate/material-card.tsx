/** One certificate or key: what it is, whose, by whom, until when, and the record that comes of it. */
import type { ReactNode } from 'react';
import { removeItem } from '../store/material-store.ts';
import { toggleUse, usePublish } from '../store/publish-store.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { dayText } from '../ui/time.ts';
import { TONE_ICON } from '../ui/tone.ts';
import { visibleText } from '../ui/visible-text.ts';
import type { Card } from './material-rows.ts';

export function MaterialCard({ card }: { readonly card: Card }): ReactNode {
  const used = usePublish((state) => !state.left.has(card.fingerprint));
  const label = `${WHAT[card.what]} ${visibleText(card.title)}`;
  return (
    <article className={`material-card${used ? '' : ' is-left'}`} aria-label={label}>
      <p className="material-title">
        <Icon name={ICONS[card.what]} tone={card.validity === 'expired' ? 'warn' : 'none'} />
        <b>
          <Seen text={card.title} />
        </b>
        <button
          type="button"
          className="plain-button material-remove"
          aria-label={`Remove the ${label}`}
          onClick={() => {
            removeItem(card.fingerprint);
          }}
        >
          <Icon name="close" size={11} />
        </button>
      </p>
      <p className="dim">
        {WHAT[card.what]} · {card.keyType}
        {card.issuer !== null && (
          <>
            {' · '}
            <Seen text={card.issuer} />
          </>
        )}
        <Until card={card} />
      </p>
      {card.names.length > 0 && <Names names={card.names} />}
      {card.what === 'certificate' && <Chain card={card} />}
      {card.record !== null && <p className="mono material-record">{shortRecord(card.record)}</p>}
      {card.remarks.length > 0 && (
        <p className="material-tags">
          {card.remarks.map(({ tone, text }) => (
            <span key={text} className={`tag tone-${tone}`}>
              <Icon name={TONE_ICON[tone]} size={10} />
              <Seen text={text} />
            </span>
          ))}
        </p>
      )}
      <p className="material-foot">
        <label>
          <input
            type="checkbox"
            checked={used}
            onChange={() => {
              toggleUse(card.fingerprint);
            }}
          />
          make records of it
        </label>
        <Sources files={card.files} />
      </p>
    </article>
  );
}

const WHAT: Readonly<Record<Card['what'], string>> = {
  certificate: 'certificate',
  issuer: 'issuer',
  'private-key': 'private key, its public half',
  'public-key': 'public key',
  request: 'certificate request',
};

const ICONS: Readonly<Record<Card['what'], IconName>> = {
  certificate: 'certificate',
  issuer: 'certificate',
  'private-key': 'key',
  'public-key': 'key',
  request: 'file-plus',
};

function Until({ card: { until, validity } }: { readonly card: Card }): ReactNode {
  if (until === null) return null;
  const day = dayText(new Date(until).toISOString());
  switch (validity) {
    case 'expired':
      return <span className="tone-warn"> · ended {day}</span>;
    case 'not-yet':
      return <span className="tone-warn"> · not valid yet, until {day}</span>;
    case 'valid':
    case 'endless':
      return ` · until ${day}`;
  }
}

function Names({ names }: { readonly names: readonly string[] }): ReactNode {
  const shown = names.slice(0, SHOWN_NAMES);
  return (
    <p className="mono material-names" title={visibleText(names.slice(0, TITLE_NAMES).join(', '))}>
      <Seen text={shown.join(', ')} />
      {names.length > SHOWN_NAMES && ` and ${names.length - SHOWN_NAMES} more`}
    </p>
  );
}

/** A certificate may carry a hundred names. */
const SHOWN_NAMES = 4;
const TITLE_NAMES = 40;

/** How the pieces form a chain, by names alone. */
function Chain({ card: { chain, missing } }: { readonly card: Card }): ReactNode {
  if (chain.length === 0 && missing === null) return null;
  return (
    <p className="material-chain">
      {chain.map((issuer, index) => (
        <span key={index}>
          <span aria-hidden>↑ </span>
          <span className="unseen">issued by </span>
          <Seen text={issuer} />
        </span>
      ))}
      {missing !== null && (
        <span className="dim">
          <span aria-hidden>↑ </span>
          <Seen text={missing} /> is not here
        </span>
      )}
    </p>
  );
}

function Sources({ files }: { readonly files: readonly string[] }): ReactNode {
  const [first, ...others] = files;
  if (first === undefined) return null;
  return (
    <span className="dim material-file" title={visibleText(files.slice(0, TITLE_NAMES).join('\n'))}>
      <Seen text={first} />
      {others.length > 0 && ` +${others.length}`}
    </span>
  );
}

/** `3 1 1 e4b7690c…5d1fa2`: enough to recognise it by. */
function shortRecord(record: string): string {
  const [usage, selector, matchingType, data = ''] = record.split(' ');
  const shown =
    data.length <= SHOWN_HEX * 2 ? data : `${data.slice(0, SHOWN_HEX)} … ${data.slice(-4)}`;
  return `${usage} ${selector} ${matchingType} ${shown}`;
}

const SHOWN_HEX = 24;
