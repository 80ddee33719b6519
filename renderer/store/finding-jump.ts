/** From a finding to its place in the picture, with the keyboard’s focus. */
import type { Finding } from '../../shared/findings/finding.ts';
import type { Report } from '../../shared/inspection/report.ts';
import { hostOf, nodeKey, type NodeId } from './node-id.ts';
import { resizeDrawer, selectPlace, useSelection } from './selection-store.ts';

/** Share of the room that the drawer may take when the picture is to be seen. */
const MOST_DRAWER = 0.5;

export function jumpToNode(report: Report, finding: Finding): void {
  selectPlace(report, finding);
  const { node, drawer } = useSelection.getState();
  if (drawer > MOST_DRAWER) resizeDrawer(MOST_DRAWER);
  if (node === null) return;
  // Once the picture has been drawn with it.
  requestAnimationFrame(() => {
    requestAnimationFrame(() => {
      focusNode(node);
    });
  });
}

/** What is folded away stands for its host. */
function focusNode(node: NodeId): void {
  const host = hostOf(node);
  const places = [nodeKey(node), ...(host === null ? [] : [nodeKey({ kind: 'host', host })])];
  for (const place of places) {
    const element = document.querySelector<HTMLElement>(`[data-node="${CSS.escape(place)}"]`);
    if (element === null) continue;
    element.focus({ preventScroll: true });
    return;
  }
}
