/** One certificate or key: what it is, whose, by whom, until when, and the record that comes of it. */
import type { ReactNode } from 'react';
import type { Piece } from '../../shared/material/describe.ts';
import type { Remark } from '../../shared/material/remarks.ts';
import { removeItem } from '../store/material-store.ts';
import { toggleUse, usePublish } from '../store/publish-store.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { dayText } from '../ui/time.ts';
import { visibleText } from '../ui/visible-text.ts';
import type { Card } from './material-rows.ts';
import { shortRecord } from './targets.ts';
import { Said } from '../ui/said.tsx';
import { words } from '../words/words.ts';

const { material: said } = words.generate;

export function MaterialCard({ card }: { readonly card: Card }): ReactNode {
  const { piece } = card;
  const used = usePublish((state) => !state.left.has(piece.fingerprint));
  const label = labelOf(card);
  return (
    <article className={`material-card${used ? '' : ' is-left'}`} aria-label={label}>
      <p className="material-title">
        <Icon name={ICONS[piece.what]} tone={hasRemark(piece, 'expired') ? 'warn' : 'none'} />
        <b>
          <Seen text={card.title} />
        </b>
        <button
          type="button"
          className="plain-button material-remove"
          aria-label={said.remove(label)}
          onClick={() => {
            removeItem(piece.fingerprint);
          }}
        >
          <Icon name="close" size={11} />
        </button>
      </p>
      <p className="dim">
        {said.kinds[piece.what]} · {piece.keyType}
        {card.issuer !== null && (
          <>
            {' · '}
            <Seen text={card.issuer} />
          </>
        )}
        <Until piece={piece} />
      </p>
      {card.names.length > 0 && <Names names={card.names} />}
      {piece.what === 'certificate' && <Chain card={card} />}
      {card.record !== null && <p className="mono material-record">{shortRecord(card.record)}</p>}
      {card.fits.length > 0 && (
        <p className="material-tags">
          {card.fits.map((text) => (
            <span key={text} className="tag tone-ok">
              <Icon name="tick" size={10} />
              {text}
            </span>
          ))}
        </p>
      )}
      <Remarks remarks={piece.remarks} />
      <p className="material-foot">
        <label>
          <input
            type="checkbox"
            checked={used}
            onChange={() => {
              toggleUse(piece.fingerprint);
            }}
          />
          {said.use}
        </label>
        <Sources files={piece.files} />
      </p>
    </article>
  );
}

/** For those who hear it; what has no name of its own is titled by what it is. */
function labelOf({ piece, title }: Card): string {
  const what = piece.what === 'private-key' ? said.privateKey : said.kinds[piece.what];
  return title.toLowerCase() === what ? what : said.label(what, visibleText(title));
}

const ICONS: Readonly<Record<Piece['what'], IconName>> = {
  certificate: 'certificate',
  issuer: 'certificate',
  'private-key': 'key',
  'public-key': 'key',
  request: 'file-plus',
};

function Until({ piece }: { readonly piece: Piece }): ReactNode {
  if (piece.notAfter === null) return null;
  const day = dayText(new Date(piece.notAfter).toISOString());
  return hasRemark(piece, 'expired') ? (
    <span className="tone-warn"> · {said.ended(day)}</span>
  ) : (
    ` · ${said.until(day)}`
  );
}

function hasRemark({ remarks }: Piece, code: Remark['code']): boolean {
  return remarks.some((remark) => remark.code === code);
}

/** That its issuer is missing is told in the chain. */
function Remarks({ remarks }: { readonly remarks: readonly Remark[] }): ReactNode {
  const told = remarks.filter(({ code }) => code !== 'issuer-missing');
  if (told.length === 0) return null;
  return (
    <ul className="material-remarks">
      {told.map(({ code, severity, text }) => (
        <li key={code}>
          <Icon
            name={severity === 'warning' ? 'triangle' : 'ring'}
            tone={severity === 'warning' ? 'warn' : 'none'}
            size={11}
          />
          <span>
            <Seen text={text} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Names({ names }: { readonly names: readonly string[] }): ReactNode {
  const shown = <Seen text={names.slice(0, SHOWN_NAMES).join(', ')} />;
  const more = names.length - SHOWN_NAMES;
  return (
    <p className="mono material-names" title={visibleText(names.slice(0, TITLE_NAMES).join(', '))}>
      {more > 0 ? <Said parts={said.andMoreNames(shown, more)} /> : shown}
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
          <Said
            parts={said
              .issuedBy(<Seen text={issuer} />)
              .map((part) => (typeof part === 'string' ? <Unseen key={part} text={part} /> : part))}
          />
        </span>
      ))}
      {missing !== null && (
        <span className="dim">
          <span aria-hidden>↑ </span>
          <Said parts={said.issuerMissing(<Seen text={missing} />)} />
        </span>
      )}
    </p>
  );
}

/** For the ear alone: an arrow says it to the eye. */
function Unseen({ text }: { readonly text: string }): ReactNode {
  return <span className="unseen">{text}</span>;
}

function Sources({ files }: { readonly files: readonly string[] }): ReactNode {
  const [first, ...others] = files;
  if (first === undefined) return null;
  return (
    <span className="dim material-file" title={visibleText(files.slice(0, TITLE_NAMES).join('\n'))}>
      <Seen text={first} />
      {others.length > 0 && ` ${said.moreFiles(others.length)}`}
    </span>
  );
}
