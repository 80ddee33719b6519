/** Signatures as bars on one time line with the present, and the one that ends first by name. */
import type { ReactNode } from 'react';
import { algorithmToText } from '../../shared/dnssec/algorithm.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { dayText, distanceText, shortDayText } from '../ui/time.ts';
import { words } from '../words/words.ts';
import { whatOf } from './trust-copies.ts';
import type { Signature } from './trust-signatures.ts';
import { ValidityBar } from './validity-bar.tsx';
import { timeLine, type Period } from './validity.ts';

const said = words.details.trust;

export interface SignatureChartProps {
  readonly signatures: readonly Signature[];
  readonly next: Signature | null;
  readonly at: string;
}

export function SignatureChart({ signatures, next, at }: SignatureChartProps): ReactNode {
  const line = timeLine(signatures, at);
  if (signatures.length === 0) return <p className="dim">{said.noSignatures}</p>;
  return (
    <section className="signatures" aria-label={said.signatures}>
      <p className="signatures-next">
        {next === null ? (
          <>
            <Icon name="octagon" tone="err" size={12} />
            {said.noneHolds}
          </>
        ) : (
          <>
            <Icon name="clock" tone="none" size={12} />
            <span>
              {said
                .next(
                  <span key="what" className="mono">
                    <Seen text={whatOf(next)} />
                  </span>,
                  dayText(next.until),
                  distanceText(next.until, at),
                )
                .map((piece) => piece)}
            </span>
          </>
        )}
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">{said.columns.rrset}</th>
            <th scope="col" aria-label={said.columns.period}>
              <span className="time-head">
                <span>{shortDayText(line.first)}</span>
                <span className="time-head-now" style={{ left: `${line.now * 100}%` }}>
                  {said.now}
                </span>
                <span>{shortDayText(line.last)}</span>
              </span>
            </th>
            <th scope="col">{said.columns.until}</th>
          </tr>
        </thead>
        <tbody>
          {signatures.map((signature, index) => (
            <Row
              key={signature.key}
              signature={signature}
              period={line.periods[index] ?? null}
              now={line.now}
              at={at}
              isNext={signature === next}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps {
  readonly signature: Signature;
  readonly period: Period | null;
  readonly now: number;
  readonly at: string;
  readonly isNext: boolean;
}

function Row({ signature, period, now, at, isNext }: RowProps): ReactNode {
  const { keyTag, algorithm, signer, from, until } = signature;
  const tag = keyTag === null ? said.unknownKey : String(keyTag);
  const name = algorithm === null ? '' : algorithmToText(algorithm);
  return (
    <tr className={isNext ? 'is-next' : undefined}>
      <th scope="row">
        <span className="mono">
          <Seen text={whatOf(signature)} />
        </span>
        <span className="signature-key dim">
          <Seen text={said.by(tag, name, signer)} />
        </span>
      </th>
      <td className="time-cell">
        <ValidityBar period={period} now={now} over="err" />
      </td>
      <td className="time-words" title={said.period(whatOf(signature), from, until)}>
        {dayText(until)} <span className="dim">({endWords(signature, at)})</span>
      </td>
    </tr>
  );
}

function endWords({ from, until }: Signature, at: string): string {
  if (Date.parse(from) > Date.parse(at)) return said.begins(distanceText(from, at));
  const distance = distanceText(until, at);
  return Date.parse(until) < Date.parse(at) ? said.ended(distance) : said.ends(distance);
}
