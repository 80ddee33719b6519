/** The TLSA records against one chain: which certificate each equals, and what the others turned out to be. */
import type { ReactNode } from 'react';
import type {
  AssociationReport,
  HostReport,
  ProbeReport,
  TlsaRecordReport,
} from '../../shared/inspection/report.ts';
import { copyText } from '../store/settings-store.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { TONE_ICON, type Tone } from '../ui/tone.ts';
import { words } from '../words/words.ts';
import { identityWords } from './identity-words.ts';

const said = words.details.certificates.fates;

export interface RecordFatesProps {
  readonly host: HostReport;
  readonly probe: ProbeReport;
}

export function RecordFates({ host, probe }: RecordFatesProps): ReactNode {
  const { records } = host.tlsa;
  if (records.length === 0 || probe.associations.length === 0) return null;
  const answered = probe.associations.some(({ matches }) => matches);
  return (
    <ul className="fates" aria-label={said.title}>
      {records.map((record, index) => {
        const association = probe.associations[index];
        if (association === undefined) return null;
        const tone = toneOf(association, answered);
        const identity =
          identityWords(record, [association.code]) ?? elsewhere(record, association);
        return (
          <li key={index}>
            <Icon name={TONE_ICON[tone]} tone={tone} />
            <span className="mono" title={record.data}>
              {record.usage} {record.selector} {record.matchingType} {record.data.slice(0, 8)}…
            </span>
            <span>
              <Seen text={fateOf(association)} />
              {identity !== null && (
                <span className="fate-identity">
                  {' '}
                  <Seen text={identity} />
                  {typeof record.identity?.record === 'string' && (
                    <>
                      {' '}
                      <CopyButton
                        text={record.identity.record}
                        copy={copyText}
                        what={said.whatMeant}
                        label={said.copyRecord}
                      />
                    </>
                  )}
                </span>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** It matches another chain of the host, for another kind of key. */
function elsewhere(record: TlsaRecordReport, { matches, usable }: AssociationReport) {
  if (matches || !usable || record.role === 'next-or-stale') return null;
  return said.elsewhere;
}

/** Beside a record that matches, one that does not harms nobody. */
function toneOf({ matches, usable }: AssociationReport, answered: boolean): Tone {
  if (matches) return 'ok';
  return answered || !usable ? 'none' : 'err';
}

function fateOf({ matches, matchedDepth, reason }: AssociationReport): string {
  const sentence = reason === '' ? '' : `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}`;
  if (!matches) return closed(sentence);
  const where = matchedDepth === null ? said.keyInRecord : said.place(matchedDepth + 1);
  return closed(
    sentence === '' ? said.equals(where) : said.reason(sentence.replace(/\.$/, ''), where),
  );
}

function closed(sentence: string): string {
  return sentence === '' || /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
