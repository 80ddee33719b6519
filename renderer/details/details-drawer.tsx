/** The drawer: everything known about the selected thing, in tabs; dragged up it fills the window. */
import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import type { HostReport, Report } from '../../shared/inspection/report.ts';
import { useInspection } from '../store/inspection-store.ts';
import { hostOf, nodeKey, type NodeId } from '../store/node-id.ts';
import {
  closeDrawer,
  MAX_DRAWER,
  resizeDrawer,
  showTab,
  useSelection,
  type DetailsTab,
} from '../store/selection-store.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';
import { CertificatesTab } from './certificates-tab.tsx';
import { DrawerHandle, otherSize } from './drawer-handle.tsx';
import { PolicyTab } from './policy-tab.tsx';
import { mtaStsFace, tlsRptFace } from './policy-words.ts';
import { RawTab } from './raw-tab.tsx';
import { RecordsTab } from './records-tab.tsx';
import { serverGrids } from './server-grid.ts';
import { DrawerTicket } from './servers-ticket.tsx';
import { ServersTab } from './servers-tab.tsx';
import { SmtpTab } from './smtp-tab.tsx';
import { TrustTab } from './trust-tab.tsx';

const said = words.details;

export interface DetailsDrawerProps {
  /** What is told of the domain as a whole: what senders do, and what breaks next. */
  readonly senders: ReactNode;
  readonly outlook: ReactNode;
}

export function DetailsDrawer({ senders, outlook }: DetailsDrawerProps): ReactNode {
  const report = useInspection((state) => state.report);
  const node = useSelection((state) => state.node);
  const tab = useSelection((state) => state.tab);
  if (report === null || node === null) return null;
  const host = report.hosts.find(({ name }) => name === hostOf(node)) ?? null;
  const tabs = host === null ? DOMAIN_TABS : HOST_TABS;
  const shown = tabs.includes(tab) ? tab : 'records';
  return (
    <section className="drawer" aria-label={said.title}>
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
          <Tabs.List aria-label={said.title}>
            {tabs.map((value) => (
              <Tabs.Tab key={value} value={value}>
                {said.tabs[value]}
                <FaultMark report={report} host={host} tab={value} />
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <DrawerTicket report={report} host={host} />
          <FillButton />
          <button
            type="button"
            className="drawer-close"
            aria-label={said.close}
            title={said.close}
            onClick={closeDrawer}
          >
            <Icon name="close" size={12} />
          </button>
        </div>
        <Tabs.Panel
          // Another thing or tab is read from its beginning.
          key={`${shown} ${nodeKey(node)}`}
          value={shown}
          className="drawer-panel scroll"
          tabIndex={0}
        >
          {shown === 'senders' && senders}
          {shown === 'outlook' && outlook}
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
  if (tab === 'servers') {
    return <ServersTab key={host?.name ?? ''} report={report} host={host} />;
  }
  if (tab === 'raw') {
    return <RawTab key={host?.name ?? ''} report={report} host={host} node={node} />;
  }
  if (tab === 'policy') return <PolicyTab report={report} />;
  if (host === null || tab === 'senders' || tab === 'outlook') return null;
  switch (tab) {
    case 'smtp':
      return <SmtpTab report={report} host={host} node={node} />;
    case 'certificates':
      return <CertificatesTab report={report} host={host} node={node} />;
  }
}

interface FaultMarkProps {
  readonly report: Report;
  readonly host: HostReport | null;
  readonly tab: DetailsTab;
}

/** A tab behind which something is wrong says so, in shape, not only in colour. */
function FaultMark({ report, host, tab }: FaultMarkProps): ReactNode {
  return isFaulty(report, host, tab) ? (
    <Icon name="octagon" tone="err" size={11} label={said.hasFaults} />
  ) : null;
}

function isFaulty(report: Report, host: HostReport | null, tab: DetailsTab): boolean {
  if (tab === 'policy') {
    return [mtaStsFace(report), tlsRptFace(report)].some(({ tone }) => tone === 'err');
  }
  if (tab !== 'servers') return false;
  return serverGrids(report, host).some(({ rows }) =>
    rows.some(({ cells }) => cells.some((cell) => cell?.tone === 'err')),
  );
}

/** The whole window for the details, and back. */
function FillButton(): ReactNode {
  const share = useSelection((state) => state.drawer);
  const full = share >= MAX_DRAWER;
  const label = full ? said.shrink : said.fill;
  return (
    <button
      type="button"
      className="drawer-close drawer-fill"
      aria-label={label}
      aria-pressed={full}
      title={label}
      onClick={() => {
        resizeDrawer(otherSize(share));
      }}
    >
      <Icon name={full ? 'down' : 'up'} size={12} />
    </button>
  );
}

const DOMAIN_TABS: readonly DetailsTab[] = [
  'records',
  'trust',
  'servers',
  'policy',
  'senders',
  'outlook',
  'raw',
];

const HOST_TABS: readonly DetailsTab[] = [
  'records',
  'trust',
  'servers',
  'smtp',
  'certificates',
  'raw',
];

function asTab(value: string | null): DetailsTab {
  return [...DOMAIN_TABS, ...HOST_TABS].find((tab) => tab === value) ?? 'records';
}
