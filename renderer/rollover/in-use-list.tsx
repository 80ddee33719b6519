/** “In use now”: what the host presents, for each kind of key. */
import type { ReactNode } from 'react';
import type { HostReport } from '../../shared/inspection/report.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { dayText } from '../ui/time.ts';
import { commonName, shortRecord } from './record-words.ts';
import { certificatesInUse, whyNoneInUse } from './in-use.ts';
import { words } from '../words/words.ts';

const { inUse: said } = words.rollover;

export function InUseList({ host }: { readonly host: HostReport | null }): ReactNode {
  const inUse = host === null ? [] : certificatesInUse(host);
  return (
    <section aria-labelledby="rollover-in-use-title">
      <h3 id="rollover-in-use-title">{said.title}</h3>
      {inUse.length === 0 && <p className="dim">{whyEmpty(host)}</p>}
      <ul className="rollover-cards">
        {inUse.map(({ certificate, addresses, matched, record }) => (
          <li key={certificate.certSha256} className="card">
            <p className="card-title">
              <Match matched={matched} anyPublished={(host?.tlsa.records.length ?? 0) > 0} />
              <Seen text={certificate.names[0] ?? commonName(certificate.subject)} />
            </p>
            <p className="card-facts">
              {certificate.keyType} · <Seen text={commonName(certificate.issuer)} /> ·{' '}
              {said.until(dayText(certificate.notAfter))} · {said.addresses(addresses.length)}
            </p>
            <p className="card-record mono" title={record}>
              {shortRecord(record)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface MatchProps {
  readonly matched: boolean;
  readonly anyPublished: boolean;
}

/** Where nothing is published, nothing is wrong. */
function Match({ matched, anyPublished }: MatchProps): ReactNode {
  if (!anyPublished) return <Icon name="ring" tone="none" label={said.nothingPublished} />;
  return matched ? (
    <Icon name="tick" tone="ok" label={said.matched} />
  ) : (
    <Icon name="triangle" tone="warn" label={said.unmatched} />
  );
}

function whyEmpty(host: HostReport | null): string {
  if (host === null) return said.noHost;
  const why = whyNoneInUse(host);
  return why === null ? said.notSpokenTo : said.notSeen(why);
}
