/** The Inspect screen: verdict above, picture and findings in the middle, details below. */
import type { ReactNode } from 'react';
import { useInspection } from '../store/inspection-store.ts';
import { useSelection } from '../store/selection-store.ts';
import { StartScreen } from './start-screen.tsx';
import { VerdictLine } from './verdict-line.tsx';

export interface InspectScreenProps {
  readonly chain: ReactNode;
  readonly findings: ReactNode;
  readonly details: ReactNode;
  /** What changed since the run that is compared with. */
  readonly changes: ReactNode;
  /** Ways from the verdict to what it means for senders, and for how long. */
  readonly glance: ReactNode;
}

export function InspectScreen(props: InspectScreenProps): ReactNode {
  const { chain, findings, details, changes, glance } = props;
  const shown = useInspection((state) => state.report !== null);
  const share = useSelection((state) => (state.node === null ? 0 : state.drawer));
  if (!shown) return <StartScreen />;
  return (
    <div className="inspect">
      <VerdictLine glance={glance} />
      {changes}
      <div className="inspect-room">
        {share < 1 && (
          <div className="inspect-panes">
            {chain}
            {findings}
          </div>
        )}
        {share > 0 && (
          <div className="inspect-details" style={{ height: `${share * 100}%` }}>
            {details}
          </div>
        )}
      </div>
    </div>
  );
}
