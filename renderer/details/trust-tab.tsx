/** The chain of trust as a ladder from the anchor down, and every signature on one time line. */
import { useMemo, type ReactNode } from 'react';
import { algorithmToText, digestTypeToText } from '../../shared/dnssec/algorithm.ts';
import type {
  HostReport,
  LookUpReport,
  Report,
  ZoneReport,
} from '../../shared/inspection/report.ts';
import { SecurityTag } from '../ui/security-tag.tsx';
import { Seen } from '../ui/seen.tsx';
import { SECURITY_FACE } from '../ui/tone.ts';
import { words } from '../words/words.ts';
import { commandChoices } from './command-choices.ts';
import { CopyMenu } from './copy-menu.tsx';
import { EmptyState } from './empty-state.tsx';
import { SignatureChart } from './signature-chart.tsx';
import { ladderCommands, ladderText } from './trust-copies.ts';
import { nextToExpire, signaturesOf } from './trust-signatures.ts';

const said = words.details.trust;

export interface TrustTabProps {
  readonly report: Report;
  readonly host: HostReport | null;
}

export function TrustTab({ report, host }: TrustTabProps): ReactNode {
  const lookUp = lookUpFor(report, host);
  if (lookUp === null || lookUp.chain.length === 0) {
    return (
      <EmptyState waiting={!report.finished} text={report.finished ? said.nothing : said.waiting} />
    );
  }
  return <Ladder report={report} lookUp={lookUp} />;
}

/** The TLSA look-up where there is one: it is what a sender's trust hangs on. */
function lookUpFor(report: Report, host: HostReport | null): LookUpReport | null {
  if (host === null) return report.mx.lookUp;
  return host.tlsa.lookUp ?? host.lookUps[0] ?? null;
}

interface LadderProps {
  readonly report: Report;
  readonly lookUp: LookUpReport;
}

function Ladder({ report, lookUp }: LadderProps): ReactNode {
  const signatures = useMemo(() => signaturesOf(report, lookUp), [report, lookUp]);
  const next = nextToExpire(signatures, report.at);
  return (
    <div className="trust">
      <div className="trust-lead">
        <span className="mono">
          <Seen text={`${lookUp.name} ${lookUp.type}`} />
        </span>
        <SecurityTag security={lookUp.security} />
        {lookUp.reason !== null && (
          <span className="dim">
            <Seen text={lookUp.reason} />
          </span>
        )}
        <CopyMenu
          what={said.whatLadder(lookUp.name, lookUp.type)}
          choices={[
            { ...said.asText, text: () => ladderText(lookUp, signatures, next) },
            ...commandChoices(ladderCommands(report, lookUp)),
          ]}
        />
      </div>
      <div className="trust-parts">
        <ol className="ladder" aria-label={said.ladder}>
          {lookUp.chain.map((zone) => (
            <Rung key={zone.zone} zone={zone} />
          ))}
        </ol>
        <SignatureChart signatures={signatures} next={next} at={report.at} />
      </div>
    </div>
  );
}

function Rung({ zone }: { readonly zone: ZoneReport }): ReactNode {
  const { tone } = SECURITY_FACE[zone.security];
  return (
    <li className={`rung tone-line-${tone}`}>
      <p className="rung-zone">
        <span className="mono">
          <Seen text={zone.zone} />
        </span>
        <SecurityTag security={zone.security} />
        {zone.reason !== null && (
          <span className="dim">
            <Seen text={zone.reason} />
          </span>
        )}
      </p>
      <dl>
        <dt>{zone.zone === '.' ? said.anchorTitle : said.dsTitle}</dt>
        <dd>
          {zone.ds.length === 0 && <span className="dim">{missingDs(zone)}</span>}
          <ul>
            {zone.ds.map((ds) => (
              <li key={`${ds.keyTag} ${ds.digestType} ${ds.digest}`}>
                <span className="mono">{ds.keyTag}</span>{' '}
                <span className="dim">
                  {algorithmToText(ds.algorithm)} · {digestTypeToText(ds.digestType)}
                </span>{' '}
                <span className="mono dim rung-digest">{ds.digest}</span>
                {zone.dnskeys.length > 0 && !zone.dnskeys.some((key) => names(ds, key)) && (
                  <span className="tag tone-warn">{said.matchesNoKey}</span>
                )}
              </li>
            ))}
          </ul>
        </dd>
        <dt>{said.keysTitle}</dt>
        <dd>
          {zone.dnskeys.length === 0 && <span className="dim">{said.noKeys}</span>}
          <ul>
            {zone.dnskeys.map((key) => (
              <li key={`${key.keyTag} ${key.algorithm} ${key.flags}`}>
                <span className="mono">{key.keyTag}</span>{' '}
                <span className="dim">
                  {algorithmToText(key.algorithm)} ·{' '}
                  {key.secureEntryPoint ? said.entryPoint : said.zoneKey}
                </span>
                {key.keyTag === zone.signedBy && (
                  <span className="tag tone-ok">{said.signsKeys}</span>
                )}
                {zone.ds.some((ds) => names(ds, key)) && <span className="tag">{said.hasDs}</span>}
              </li>
            ))}
          </ul>
        </dd>
      </dl>
    </li>
  );
}

interface KeyFacts {
  readonly keyTag: number;
  readonly algorithm: number;
}

/** As far as numbers tell: two keys may share a tag (RFC 4034 §5.1). */
function names(ds: KeyFacts, key: KeyFacts): boolean {
  return ds.keyTag === key.keyTag && ds.algorithm === key.algorithm;
}

/** That the parent has none is known only where it is proven. */
function missingDs({ zone, security }: ZoneReport): string {
  if (zone === '.') return said.builtIn;
  return security === 'insecure' ? said.noDs : said.noKeys;
}
