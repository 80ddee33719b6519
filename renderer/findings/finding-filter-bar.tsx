/** The filter over the findings: how many there are of each kind, words to look for, whose, and which host. */
import { useEffect, useRef, type ReactNode, type RefObject } from 'react';
import type { Finding, Mender, Severity } from '../../shared/findings/finding.ts';
import type { Report } from '../../shared/inspection/report.ts';
import {
  filterByHost,
  filterByMender,
  filterByText,
  mendersIn,
  toggleSeverity,
  useFindingFilter,
} from '../store/finding-filter.ts';
import { countBySeverity } from '../store/finding-order.ts';
import { Icon } from '../ui/icon.tsx';
import { SEVERITY_FACE } from '../ui/tone.ts';
import { visibleText } from '../ui/visible-text.ts';
import { words } from '../words/words.ts';

const { filter: said, menders } = words.findings;
const COUNTED: readonly Severity[] = ['error', 'warning', 'notice'];

export function SeverityCounts({ findings }: { readonly findings: readonly Finding[] }): ReactNode {
  const chosen = useFindingFilter((state) => state.severities);
  const counts = countBySeverity(findings);
  return (
    <div className="finding-counts">
      {COUNTED.filter((severity) => counts[severity] > 0 || chosen.includes(severity)).map(
        (severity) => {
          const { tone, icon } = SEVERITY_FACE[severity];
          const count = said.count[severity](counts[severity]);
          return (
            <button
              key={severity}
              type="button"
              className="finding-count"
              aria-pressed={chosen.includes(severity)}
              title={said.only(count)}
              onClick={() => {
                toggleSeverity(severity);
              }}
            >
              <Icon name={icon} tone={tone} size={12} />
              {count}
            </button>
          );
        },
      )}
    </div>
  );
}

export function FindingFilterBar({ report }: { readonly report: Report }): ReactNode {
  const { text, mender, host } = useFindingFilter();
  const field = useRef<HTMLInputElement>(null);
  useFilterKey(field);
  const names = report.hosts.map(({ name }) => name);
  const [first] = names;
  // A domain that is its own host has nothing to choose from.
  const known = names.length > 1 || (first !== undefined && first !== report.domain) ? names : [];
  // What is chosen stays a choice, whatever another run brings.
  const hosts = host === null || host === '' || known.includes(host) ? known : [...known, host];
  return (
    <search className="finding-filter" aria-label={said.region}>
      <label className="finding-field">
        <span className="unseen">{said.field}</span>
        <Icon name="search" size={12} />
        <input
          ref={field}
          type="text"
          value={text}
          placeholder={said.placeholder}
          title={said.fieldTitle}
          spellCheck={false}
          autoComplete="off"
          onChange={({ target }) => {
            filterByText(target.value);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || text === '') return;
            // Otherwise it would end the inspection.
            event.preventDefault();
            filterByText('');
          }}
        />
      </label>
      <select
        aria-label={said.mender}
        title={said.mender}
        value={mender ?? ''}
        onChange={({ target }) => {
          filterByMender(mendersIn(report.findings).find((each) => each === target.value) ?? null);
        }}
      >
        <option value="">{said.anyMender}</option>
        {choices(report, mender).map((each) => (
          <option key={each} value={each}>
            {menders[each]}
          </option>
        ))}
      </select>
      {hosts.length > 0 && (
        <select
          aria-label={said.host}
          title={said.host}
          value={host === null ? ANY : host}
          onChange={({ target }) => {
            filterByHost(target.value === ANY ? null : target.value);
          }}
        >
          <option value={ANY}>{said.anyHost}</option>
          <option value="">{said.noHost}</option>
          {hosts.map((name) => (
            <option key={name} value={name}>
              {visibleText(name)}
            </option>
          ))}
        </select>
      )}
    </search>
  );
}

/** No host name: those have no blanks that are not escaped. */
const ANY = ' ';

/** What is chosen stays a choice, whatever another run brings. */
function choices({ findings }: Report, chosen: Mender | null): readonly Mender[] {
  const present = mendersIn(findings);
  return chosen === null || present.includes(chosen) ? present : [...present, chosen];
}

function useFilterKey(field: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isFind = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f';
      if (!isFind || event.altKey || event.shiftKey || event.defaultPrevented) return;
      event.preventDefault();
      field.current?.select();
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
    };
  }, [field]);
}
