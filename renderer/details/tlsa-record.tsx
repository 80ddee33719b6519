/** One TLSA record: what it says, how it fares at each address, and what it was meant to be. */
import type { ReactNode } from 'react';
import type { HostReport, TlsaRecordReport } from '../../shared/inspection/report.ts';
import { copyText } from '../store/settings-store.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';
import { identityWords } from './identity-words.ts';
import { tlsaWords } from './tlsa-words.ts';

export interface TlsaRecordProps {
  readonly host: HostReport;
  readonly index: number;
}

export function TlsaRecord({ host, index }: TlsaRecordProps): ReactNode {
  const record = host.tlsa.records[index];
  if (record === undefined) return null;
  const seen = host.addresses.flatMap(({ probes }) =>
    probes.filter(({ offer }) => offer !== 'no-sni'),
  );
  const codes = seen.flatMap(({ associations }) => associations[index]?.code ?? []);
  const verdicts = host.addresses.flatMap(({ address, probes }) => {
    const reasons = probes.flatMap(({ associations }) => associations[index]?.reason ?? []);
    return [...new Set(reasons)].map((reason) => ({ address, reason }));
  });
  return (
    <article className="tlsa-record">
      <p>{tlsaWords(record)}</p>
      <Identity record={record} codes={codes} />
      <ul>
        {verdicts.map(({ address, reason }, place) => (
          <li key={place}>
            <span className="mono">{address}</span> <Seen text={reason} />
          </li>
        ))}
      </ul>
    </article>
  );
}

interface IdentityProps {
  readonly record: TlsaRecordReport;
  readonly codes: readonly string[];
}

/** What the detective found, with the record that was meant. */
function Identity({ record, codes }: IdentityProps): ReactNode {
  const sentence = identityWords(record, codes);
  if (sentence === null) return null;
  const meant = record.identity?.record ?? null;
  return (
    <p className="tlsa-identity">
      <Seen text={sentence} />
      {meant !== null && (
        <>
          {' '}
          <code className="mono">{meant}</code>{' '}
          <CopyButton text={meant} copy={copyText} what={words.details.tlsa.whatMeant} />
        </>
      )}
    </p>
  );
}
