/** Step 1: settings for the resolver, and whether it finds and trusts the test’s zone. */
import { SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import { resolverSettings } from '../../shared/lab/resolver-settings.ts';
import type { TestReport } from '../../shared/lab/test-report.ts';
import { changeSetup, useOutboundSetup } from '../store/outbound-setup.ts';
import { words } from '../words/words.ts';
import { CopyText } from './copy-text.tsx';
import { ResolverCheckForm } from './resolver-check.tsx';
import { chosenOf } from './software.ts';

const { resolver: said, ...setup } = words.outbound.setup;

export function ResolverStep({ report }: { readonly report: TestReport }): ReactNode {
  const software = useOutboundSetup((state) => state.resolverSoftware);
  const { base, nameServer, trustAnchor } = report;
  const all = resolverSettings({ base, ...nameServer, trustAnchor });
  const chosen = chosenOf(all, software);
  if (chosen === undefined) return null;
  return (
    <>
      <p className="dim">{said.lead(base)}</p>
      <SegmentedControl
        aria-label={said.software}
        size="xs"
        value={chosen.software}
        data={all.map((each) => each.software)}
        onChange={(value) => {
          changeSetup({ resolverSoftware: value });
        }}
      />
      {chosen.file !== null && (
        <CopyText text={chosen.text} where={chosen.file} what={said.settings(chosen.software)} />
      )}
      {chosen.apply !== null && (
        <CopyText text={chosen.apply} where={setup.apply} what={setup.applyCommand} />
      )}
      <Notes notes={chosen.notes} />
      <ResolverCheckForm />
    </>
  );
}

export function Notes({ notes }: { readonly notes: readonly string[] }): ReactNode {
  if (notes.length === 0) return null;
  return (
    <ul className="outbound-notes">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
