/** “Record”: what to publish for the keys to come, in the form that the person's DNS takes. */
import { useState, type ReactNode } from 'react';
import { formatTlsa } from '../../shared/dane/tlsa.ts';
import { formats, isFormatName, type FormatName } from '../../shared/publish/formats.ts';
import type { WantedRecord } from '../../shared/publish/wanted.ts';
import { choose, useRollover } from '../store/rollover-store.ts';
import { copyText } from '../store/settings-store.ts';
import { CopyButton } from '../ui/copy-button.tsx';

export interface RecordBoxProps {
  readonly records: readonly WantedRecord[];
  /** Those of the RRset as it is, in presentation form. */
  readonly published: readonly string[];
  readonly zone: string | null;
  /** Why some record cannot be made. */
  readonly problems: readonly string[];
}

export function RecordBox({ records, published, zone, problems }: RecordBoxProps): ReactNode {
  const format = useRollover((state) => state.format);
  if (records.length === 0 && problems.length === 0) return null;
  const text = records.length === 0 ? '' : formats[format].write(records, { zone });
  const standing = records.filter(({ tlsa }) => published.includes(formatTlsa(tlsa))).length;
  return (
    <section aria-labelledby="rollover-record-title">
      <h3 id="rollover-record-title">
        {records.length === 1 ? 'Record' : 'Records'}
        {standing > 0 && (
          <span className="tag tone-ok">
            {standing === records.length
              ? 'published already'
              : `${standing} of ${records.length} published already`}
          </span>
        )}
      </h3>
      {problems.map((problem) => (
        <p key={problem} className="note">
          {problem}
        </p>
      ))}
      {text !== '' && (
        <>
          <div className="record-text">
            <pre className="mono" aria-label="Records to publish">
              {text}
            </pre>
            <CopyButton text={text} copy={copyText} what="the records to publish" />
          </div>
          <FormatChoice format={format} />
        </>
      )}
      <p className="record-why dim">
        <b>3 1 1</b>: the server’s own key, SHA-256. It survives renewals that keep the key, and
        ignores names and dates.
      </p>
    </section>
  );
}

/** Offered at once; the rest unfolds. */
const FIRST: readonly FormatName[] = ['zone', 'generic', 'nsupdate', 'cloudflare', 'powerdns'];
/** Where the title is too long for a button. */
const SHORT: Readonly<Partial<Record<FormatName, string>>> = {
  generic: 'TYPE52',
  nsupdate: 'nsupdate',
  cloudflare: 'Cloudflare',
  powerdns: 'PowerDNS',
};

function FormatChoice({ format }: { readonly format: FormatName }): ReactNode {
  const [all, setAll] = useState(false);
  const names = Object.keys(formats).filter(isFormatName);
  const shown = all ? names : names.filter((name) => FIRST.includes(name) || name === format);
  return (
    <div className="format-choice" role="group" aria-label="Format">
      {shown.map((name) => (
        <button
          key={name}
          type="button"
          className={`tag format-tag${name === format ? ' is-chosen' : ''}`}
          aria-pressed={name === format}
          title={formats[name].title}
          onClick={() => {
            choose({ format: name });
          }}
        >
          {SHORT[name] ?? formats[name].title}
        </button>
      ))}
      {!all && shown.length < names.length && (
        <button
          type="button"
          className="tag format-tag"
          aria-expanded={false}
          onClick={() => {
            setAll(true);
          }}
        >
          {names.length - shown.length} more
        </button>
      )}
    </div>
  );
}
