/** The chain of trust as a ladder from the anchor down, with validity periods on one time line. */
import type { ReactNode } from 'react';
import { algorithmToText } from '../../shared/dnssec/algorithm.ts';
import type {
  HostReport,
  LookUpReport,
  Report,
  ZoneReport,
} from '../../shared/inspection/report.ts';
import { SecurityTag } from '../ui/security-tag.tsx';
import { Seen } from '../ui/seen.tsx';
import { dayText, distanceText } from '../ui/time.ts';
import { SECURITY_FACE } from '../ui/tone.ts';
import { periodsOf, type Period } from './validity.ts';

export interface TrustTabProps {
  readonly report: Report;
  readonly host: HostReport | null;
}

export function TrustTab({ report, host }: TrustTabProps): ReactNode {
  const lookUp = lookUpFor(report, host);
  if (lookUp === null || lookUp.chain.length === 0) {
    return <p className="dim">No zone has been followed from the root to here yet.</p>;
  }
  const { periods, now } = periodsOf(lookUp.chain, report.at);
  return (
    <div className="trust">
      <p className="trust-lead">
        <span className="mono">
          <Seen text={`${lookUp.name} ${lookUp.type}`} />
        </span>
        <SecurityTag security={lookUp.security} />
        {lookUp.reason !== null && (
          <span className="dim">
            <Seen text={lookUp.reason} />
          </span>
        )}
      </p>
      <table className="ladder">
        <thead>
          <tr>
            <th scope="col">zone</th>
            <th scope="col">status</th>
            <th scope="col">DS in the parent</th>
            <th scope="col">keys</th>
            <th scope="col">signature over the keys</th>
          </tr>
        </thead>
        <tbody>
          {lookUp.chain.map((zone, index) => (
            <Rung
              key={zone.zone}
              zone={zone}
              at={report.at}
              period={periods[index] ?? null}
              now={now}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The TLSA look-up where there is one: it is what a sender's trust hangs on. */
function lookUpFor(report: Report, host: HostReport | null): LookUpReport | null {
  if (host === null) return report.mx.lookUp;
  return host.tlsa.lookUp ?? host.lookUps[0] ?? null;
}

interface RungProps {
  readonly zone: ZoneReport;
  readonly at: string;
  readonly period: Period | null;
  readonly now: number;
}

function Rung({ zone, at, period, now }: RungProps): ReactNode {
  return (
    <>
      <tr className={`rung tone-line-${SECURITY_FACE[zone.security].tone}`}>
        <th scope="row" className="mono">
          <Seen text={zone.zone} />
        </th>
        <td>
          <SecurityTag security={zone.security} />
        </td>
        <td>
          {zone.ds.length === 0 ? (
            <span className="dim">{zone.zone === '.' ? 'built-in anchor' : 'none'}</span>
          ) : (
            <ul>
              {zone.ds.map((ds) => (
                <li key={`${ds.keyTag} ${ds.digestType} ${ds.digest}`} title={ds.digest}>
                  <span className="mono">{ds.keyTag}</span>
                  <span className="dim">
                    {' '}
                    {algorithmToText(ds.algorithm)} · {digestName(ds.digestType)}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </td>
        <td>
          {zone.dnskeys.length === 0 && <span className="dim">none</span>}
          <ul>
            {zone.dnskeys.map((key) => (
              <li key={`${key.keyTag} ${key.algorithm} ${key.flags}`}>
                <span className="mono">{key.keyTag}</span>
                <span className="dim">
                  {' '}
                  {algorithmToText(key.algorithm)} · {key.secureEntryPoint ? 'entry' : 'zone key'}
                </span>
                {key.keyTag === zone.signedBy && (
                  <span className="tag tone-ok">signs the keys</span>
                )}
              </li>
            ))}
          </ul>
        </td>
        <td>
          {zone.signature === null || period === null ? (
            <span className="dim">none</span>
          ) : (
            <Validity zone={zone} at={at} period={period} now={now} />
          )}
        </td>
      </tr>
      {zone.reason !== null && (
        <tr className="rung-reason">
          <td colSpan={5}>
            <Seen text={zone.reason} />
          </td>
        </tr>
      )}
    </>
  );
}

function Validity({ zone, at, period, now }: RungProps & { readonly period: Period }): ReactNode {
  const { signature } = zone;
  if (signature === null) return null;
  const until = distanceText(signature.expiration, at);
  const tone = period.holds ? 'ok' : 'err';
  return (
    <>
      <svg className="time-line" viewBox="0 0 200 12" preserveAspectRatio="none" aria-hidden>
        <path className="time-axis" d="M0 6H200" />
        <path
          className={`time-span tone-${tone}`}
          d={`M${period.from * 200} 6H${period.to * 200}`}
        />
        <path className="time-now" d={`M${now * 200} 0V12`} />
      </svg>
      <span className="time-words">
        {dayText(signature.inception)} – {dayText(signature.expiration)}{' '}
        <span className="dim">({period.holds ? `ends ${until}` : `not valid now: ${until}`})</span>
      </span>
    </>
  );
}

/** IANA DS digest algorithms. */
function digestName(type: number): string {
  return { 1: 'SHA-1', 2: 'SHA-256', 3: 'GOST', 4: 'SHA-384' }[type] ?? `digest ${type}`;
}
