/** The drawer: everything known about the selected thing, in tabs; dragged up it fills the window. */
import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import type { HostReport, Report } from '../../shared/inspection/report.ts';
import { useInspection } from '../store/inspection-store.ts';
import { hostOf, type NodeId } from '../store/node-id.ts';
import { closeDrawer, showTab, useSelection, type DetailsTab } from '../store/selection-store.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { AncestorsTab } from './ancestors-tab.tsx';
import { CertificatesTab } from './certificates-tab.tsx';
import { DrawerHandle } from './drawer-handle.tsx';
import { RecordsTab } from './records-tab.tsx';
import { SmtpTab } from './smtp-tab.tsx';
import { TrustTab } from './trust-tab.tsx';

export function DetailsDrawer(): ReactNode {
  const report = useInspection((state) => state.report);
  const node = useSelection((state) => state.node);
  const tab = useSelection((state) => state.tab);
  if (report === null || node === null) return null;
  const host = report.hosts.find(({ name }) => name === hostOf(node)) ?? null;
  const tabs = host === null ? DOMAIN_TABS : HOST_TABS;
  const shown = tabs.some(({ value }) => value === tab) ? tab : 'records';
  return (
    <section className="drawer" aria-label="Details">
      <DrawerHandle />
      <Tabs
        className="drawer-tabs"
        value={shown}
        onChange={(value) => {
          showTab(asTab(value));
        }}
      >
        <div className="drawer-bar">
          <h2 className="mono">
            <Seen text={host === null ? report.domain : host.name} />
          </h2>
          <Tabs.List aria-label="Details">
            {tabs.map(({ value, label }) => (
              <Tabs.Tab key={value} value={value}>
                {label}
                <FaultMark host={host} tab={value} />
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <button
            type="button"
            className="drawer-close"
            aria-label="Close the details"
            title="Close the details"
            onClick={closeDrawer}
          >
            <Icon name="close" size={12} />
          </button>
        </div>
        <Tabs.Panel value={shown} className="drawer-panel scroll" tabIndex={0}>
          <TabContent report={report} host={host} node={node} tab={shown} />
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}

interface TabContentProps {
  readonly report: Report;
  readonly host: HostReport | null;
  readonly node: NodeId;
  readonly tab: DetailsTab;
}

function TabContent({ report, host, node, tab }: TabContentProps): ReactNode {
  if (tab === 'records') return <RecordsTab report={report} host={host} node={node} />;
  if (tab === 'trust') return <TrustTab report={report} host={host} />;
  if (host === null) return null;
  switch (tab) {
    case 'ancestors':
      return <AncestorsTab key={host.name} host={host} finished={report.finished} />;
    case 'smtp':
      return <SmtpTab report={report} host={host} node={node} />;
    case 'certificates':
      return <CertificatesTab report={report} host={host} node={node} />;
  }
}

/** A tab behind which something is wrong says so, in shape, not only in colour. */
function FaultMark({
  host,
  tab,
}: {
  readonly host: HostReport | null;
  readonly tab: DetailsTab;
}): ReactNode {
  const faulty =
    host !== null && tab === 'ancestors' && host.ancestors.some((ancestor) => !ancestor.ok);
  return faulty ? <Icon name="octagon" tone="err" size={11} label="has faults" /> : null;
}

const DOMAIN_TABS: readonly { readonly value: DetailsTab; readonly label: string }[] = [
  { value: 'records', label: 'Records' },
  { value: 'trust', label: 'Trust' },
];

const HOST_TABS: typeof DOMAIN_TABS = [
  ...DOMAIN_TABS,
  { value: 'ancestors', label: 'Ancestors' },
  { value: 'smtp', label: 'SMTP' },
  { value: 'certificates', label: 'Certificates' },
];

function asTab(value: string | null): DetailsTab {
  return HOST_TABS.find((tab) => tab.value === value)?.value ?? 'records';
}
