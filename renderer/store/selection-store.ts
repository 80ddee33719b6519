/** What is selected, which pane shows it, and how large the drawer is. */
import { create } from 'zustand';
import type { Finding } from '../../shared/findings/finding.ts';
import type { Report } from '../../shared/inspection/report.ts';
import { isPolicy, nodeOfFinding } from './finding-node.ts';
import type { NodeId } from './node-id.ts';

export type DetailsTab =
  | 'records'
  | 'trust'
  | 'servers'
  | 'policy'
  | 'senders'
  | 'outlook'
  | 'smtp'
  | 'certificates'
  | 'raw';
export type Picture = 'chain' | 'outline';

export interface SelectionState {
  readonly node: NodeId | null;
  /** Place of the selected finding in the list shown; null when none. */
  readonly finding: string | null;
  /** Grows each time that a person is led to what is selected: it must be brought into sight. */
  readonly asked: number;
  readonly tab: DetailsTab;
  readonly picture: Picture;
  /** Share of the room below the verdict line that the drawer takes, 0–1. */
  readonly drawer: number;
}

const DEFAULT_DRAWER = 0.36;
/** What is told of the whole domain fills a table. */
const TABLE_DRAWER = 0.56;
export const MIN_DRAWER = 0.12;
export const MAX_DRAWER = 1;

export const useSelection = create<SelectionState>(() => ({
  node: null,
  finding: null,
  asked: 0,
  tab: 'records',
  picture: 'chain',
  drawer: DEFAULT_DRAWER,
}));

export function selectNode(node: NodeId): void {
  useSelection.setState({ node, tab: tabFor(node, useSelection.getState().tab) });
}

export function selectFinding(report: Report, finding: Finding): void {
  const node = nodeOfFinding(report, finding);
  const tab = tabForFinding(finding, node);
  useSelection.setState(({ asked }) => ({
    finding: findingKey(finding),
    node,
    tab,
    asked: asked + 1,
  }));
}

/** The place of a finding, without opening it in the list. */
export function selectPlace(report: Report, finding: Finding): void {
  const node = nodeOfFinding(report, finding);
  const tab = tabForFinding(finding, node);
  useSelection.setState(({ asked }) => ({ node, tab, asked: asked + 1 }));
}

export function closeFinding(): void {
  useSelection.setState({ finding: null });
}

export function clearSelection(): void {
  useSelection.setState({ node: null, finding: null, tab: 'records', drawer: DEFAULT_DRAWER });
}

/** What is known of the domain as a whole, whatever was selected. */
export function openDomain(tab: DetailsTab): void {
  useSelection.setState(({ drawer }) => ({
    node: { kind: 'domain' },
    tab,
    drawer: Math.max(drawer, TABLE_DRAWER),
  }));
}

export function showTab(tab: DetailsTab): void {
  useSelection.setState({ tab });
}

export function showPicture(picture: Picture): void {
  useSelection.setState({ picture });
}

export function resizeDrawer(share: number): void {
  useSelection.setState({ drawer: Math.min(MAX_DRAWER, Math.max(MIN_DRAWER, share)) });
}

export function closeDrawer(): void {
  useSelection.setState({ node: null, drawer: DEFAULT_DRAWER });
}

/** A finding has no number of its own: code and subject tell one from another. */
export function findingKey(finding: Finding): string {
  return `${finding.code} ${finding.subject} ${finding.message}`;
}

const DOMAIN_TABS: readonly DetailsTab[] = [
  'trust',
  'servers',
  'policy',
  'senders',
  'outlook',
  'raw',
];
/** What is known of records, not of servers of mail. */
const RECORD_TABS: readonly DetailsTab[] = ['trust', 'servers', 'raw'];

function tabFor(node: NodeId, before: DetailsTab): DetailsTab {
  switch (node.kind) {
    case 'domain':
      return DOMAIN_TABS.includes(before) ? before : 'records';
    case 'host':
      return before;
    case 'tlsa':
    case 'no-tlsa':
      return RECORD_TABS.includes(before) ? before : 'records';
    case 'chain':
      return 'certificates';
    case 'addresses':
      return 'smtp';
  }
}

function tabForFinding(finding: Finding, node: NodeId): DetailsTab {
  if (/^(ancestor|server-)|-servers-disagree$/.test(finding.code)) return 'servers';
  if (isPolicy(finding.code)) return 'policy';
  if (/^(smtp|starttls|tls-|address)/.test(finding.code)) return 'smtp';
  if (/^(certificate|chain|key-types)/.test(finding.code)) return 'certificates';
  if (/^(rrsig|ds-|dnskey|denial|algorithm|nsec3)/.test(finding.code)) return 'trust';
  if (finding.code.endsWith('-bogus')) return 'trust';
  return tabFor(node, 'records');
}
