/** All situations: a row each with what is set up, what the sender did, and what that is worth; a row unfolds to its steps. */
import { Fragment, type ReactNode } from 'react';
import type { TestReport } from '../../shared/lab/test-report.ts';
import { unfoldSituation, useOutbound } from '../store/outbound-store.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';
import { SituationDetails } from './situation-details.tsx';
import { scenarioOf, situationFace, situationGroups, type SituationRow } from './situations.ts';

const { table: said, run } = words.outbound;

const COLUMNS = ['worth', 'situation', 'deed'] as const;

export function SituationTable({ report }: { readonly report: TestReport }): ReactNode {
  const leftOut = report.leftOut.map((id) => scenarioOf(id)?.title ?? id);
  return (
    <>
      <table className="outbound-table">
        <caption className="unseen">{said.caption}</caption>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className={`outbound-${column}`}>
                {said[column]}
              </th>
            ))}
          </tr>
        </thead>
        {situationGroups(report).map(({ name, rows }) => (
          <tbody key={name}>
            <tr className="outbound-group">
              <th scope="rowgroup" colSpan={COLUMNS.length}>
                {said.groups[name]}
              </th>
            </tr>
            {rows.map((row) => (
              <Row key={row.scenario.id} row={row} />
            ))}
          </tbody>
        ))}
      </table>
      {leftOut.length > 0 && (
        <p className="outbound-note">
          <Icon name="question" tone="none" />
          {run.leftOut(leftOut)}
        </p>
      )}
    </>
  );
}

function Row({ row }: { readonly row: SituationRow }): ReactNode {
  const { scenario, situation } = row;
  const { id, title, setting } = scenario;
  const isOpen = useOutbound((view) => view.unfolded.includes(id));
  const { tone, icon, word } = situationFace(situation);
  return (
    <Fragment>
      <tr
        className={isOpen ? 'is-open' : ''}
        data-situation={id}
        data-phase={situation.phase}
        data-deed={situation.deed ?? ''}
        data-worth={situation.worth ?? ''}
      >
        <td className="outbound-worth">
          <span className={`outbound-face tone-${tone}`}>
            <Icon name={icon} />
            {word}
          </span>
        </td>
        <th scope="row" className="outbound-situation">
          <button
            type="button"
            className="plain-button"
            aria-expanded={isOpen}
            aria-label={said.unfold(title)}
            onClick={() => {
              unfoldSituation(id, !isOpen);
            }}
          >
            <Icon name={isOpen ? 'down' : 'right'} size={11} />
            {title}
          </button>
          <span className="dim outbound-setting">{setting}</span>
        </th>
        <td className="outbound-deed">
          <Seen text={situation.sentence} />
        </td>
      </tr>
      {isOpen && (
        <tr className="outbound-unfolded">
          <td colSpan={COLUMNS.length}>
            <SituationDetails row={row} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}
