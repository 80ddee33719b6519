/** “Record”: what to publish for the keys to come, in the form that the person's DNS takes. */
import { useState, type ReactNode } from 'react';
import { readTypedRecord } from '../../shared/dane/record-text.ts';
import { formatTlsa, tlsaOwnerName } from '../../shared/dane/tlsa.ts';
import { formats, isFormatName, type FormatName } from '../../shared/publish/formats.ts';
import type { WantedRecord } from '../../shared/publish/wanted.ts';
import type { ComingChain } from '../../shared/rollover/chain.ts';
import type { Scheme } from '../../shared/rollover/plan.ts';
import { choose, useRollover } from '../store/rollover-store.ts';
import { copyText } from '../store/settings-store.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Said } from '../ui/said.tsx';
import { words } from '../words/words.ts';

const { record: said } = words.rollover;

export interface RecordBoxProps {
  readonly chains: readonly ComingChain[];
  /** What the plan adds beside them, such as the record of a key in use that has none. */
  readonly added: readonly string[];
  /** All that stands once they are published: what a form that names whole sets must hold. */
  readonly whole: readonly string[];
  readonly scheme: Scheme;
  readonly place: RecordsPlace;
  /** Those of the RRset as it is, in presentation form. */
  readonly published: readonly string[];
}

export interface RecordsPlace {
  readonly host: string;
  /** Where the records live, as far as it was seen; else it follows from host and port. */
  readonly owner: string | null;
  readonly port: number;
  /** Seconds. */
  readonly ttl: number;
  readonly zone: string | null;
}

export function RecordBox({
  chains,
  added,
  whole,
  scheme,
  place,
  published,
}: RecordBoxProps): ReactNode {
  const format = useRollover((state) => state.format);
  const records = recordsOf(chains, added, place);
  if (records.length === 0) return null;
  const isWhole = formats[format].namesWholeSets === true;
  const text = formats[format].write(
    isWhole ? recordsOf(chains, [...added, ...whole], place) : records,
    place,
  );
  const standing = records.filter(({ tlsa }) => published.includes(formatTlsa(tlsa))).length;
  return (
    <section aria-labelledby="rollover-record-title">
      <h3 id="rollover-record-title">
        {records.length === 1 ? said.record : said.records}
        {standing > 0 && (
          <span className="tag tone-ok">
            {standing === records.length
              ? said.published
              : said.publishedOf(standing, records.length)}
          </span>
        )}
      </h3>
      {scheme === 'current+issuer' && chains.some(({ publish }) => !publish.some(isIssuers)) && (
        <p className="note">
          <Icon name="triangle" size={12} tone="warn" />
          {said.noIssuer}
        </p>
      )}
      <div className="record-text">
        <pre className="mono" aria-label={said.text}>
          {text}
        </pre>
        <CopyButton text={text} copy={copyText} what={said.what} />
      </div>
      <FormatChoice format={format} />
      {isWhole && <p className="record-why dim">{said.wholeSet}</p>}
      <p className="record-why dim">
        <Said parts={said.whyKey(<b>3 1 1</b>)} />
        {scheme === 'current+issuer' && <Said parts={said.whyIssuer(<b>2 1 1</b>)} />}
      </p>
    </section>
  );
}

function isIssuers(record: string): boolean {
  return record.startsWith('2 ');
}

/** What the scheme wants published for the keys to come and what the plan adds, each record once. */
function recordsOf(
  chains: readonly ComingChain[],
  added: readonly string[],
  { host, owner: seenOwner, port, ttl }: RecordsPlace,
): readonly WantedRecord[] {
  const owner = seenOwner ?? tlsaOwnerName(host === '' ? '.' : host, port);
  const texts = new Set([...chains.flatMap(({ publish }) => publish), ...added]);
  return [...texts].flatMap((text) => {
    const tlsa = readTypedRecord(text)?.record ?? null;
    if (tlsa === null) return [];
    const chain = chains.find(({ records }) => records.includes(text));
    const key = chain === undefined ? said.ofOthers : said.ofKey(chain.kind);
    const from = isIssuers(text) ? said.ofIssuer : key;
    return [
      { owner, host: host === '' ? null : host, ttl, tlsa, from, source: chain?.key ?? text },
    ];
  });
}

/** Offered at once; the rest unfolds. */
const FIRST: readonly FormatName[] = ['zone', 'generic', 'nsupdate', 'cloudflare', 'powerdns'];
/** Where the title is too long for a button. */
const SHORT: Readonly<Partial<Record<FormatName, string>>> = said.short;

function FormatChoice({ format }: { readonly format: FormatName }): ReactNode {
  const [all, setAll] = useState(false);
  const names = Object.keys(formats).filter(isFormatName);
  const shown = all ? names : names.filter((name) => FIRST.includes(name) || name === format);
  return (
    <div className="format-choice" role="group" aria-label={said.format}>
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
          {said.moreFormats(names.length - shown.length)}
        </button>
      )}
    </div>
  );
}
