/** Zoom, fit, and everything unfolded or folded: what the keys do, for the mouse. */
import type { ReactNode } from 'react';
import { Icon, type IconName } from '../ui/icon.tsx';
import { words } from '../words/words.ts';
import type { CanvasView } from './canvas-view.ts';

export interface ZoomButtonsProps {
  readonly view: CanvasView;
  /** Everything is drawn singly; null where there is nothing to fold. */
  readonly unfolded: boolean | null;
  readonly toggleAll: () => void;
}

export function ZoomButtons({ view, unfolded, toggleAll }: ZoomButtonsProps): ReactNode {
  const say = words.chain.zoom;
  return (
    <div className="zoom-buttons" role="group" aria-label={say.title}>
      {unfolded !== null && (
        <ZoomButton
          icon={unfolded ? 'fold' : 'unfold'}
          label={unfolded ? say.fold : say.unfold}
          keys=""
          act={toggleAll}
        />
      )}
      <ZoomButton icon="plus" label={say.in} keys="+" act={view.zoomIn} />
      <ZoomButton icon="minus" label={say.out} keys="-" act={view.zoomOut} />
      <ZoomButton icon="fit" label={say.fit} keys="0" act={view.fit} />
    </div>
  );
}

interface ZoomButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly keys: string;
  readonly act: () => void;
}

function ZoomButton({ icon, label, keys, act }: ZoomButtonProps): ReactNode {
  const title = keys === '' ? label : `${label} (${keys})`;
  return (
    <button type="button" aria-label={label} title={title} onClick={act}>
      <Icon name={icon} />
    </button>
  );
}
