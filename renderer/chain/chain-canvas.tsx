/** The picture, drawn with React Flow: fitted to its room until a person pans or zooms it. */
import { ReactFlow, ReactFlowProvider } from '@xyflow/react';
import { useEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react';
import { nodeKey, type NodeId } from '../store/node-id.ts';
import { words } from '../words/words.ts';
import { ChainContext, type ChainActions } from './box.tsx';
import { onCanvasKey } from './canvas-keys.ts';
import { useCanvasView } from './canvas-view.ts';
import { flowNodes, TROUBLE_KEY, type FlowNode } from './flow.ts';
import type { ChainGraph } from './graph.ts';
import { layOut, type Box } from './layout.ts';
import { NODE_TYPES } from './node-types.ts';
import { selectedKey } from './selected-node.ts';
import { around, MAX_ZOOM, MIN_ZOOM, type Room } from './viewport.ts';
import { ZoomButtons } from './zoom-buttons.tsx';

export interface ChainCanvasProps {
  readonly graph: ChainGraph;
  readonly actions: ChainActions;
  readonly selected: NodeId | null;
  /** Grows each time that somebody is led to what is selected. */
  readonly asked: number;
  readonly unfolded: boolean | null;
  readonly toggleAll: () => void;
}

export function ChainCanvas(props: ChainCanvasProps): ReactNode {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}

/** Pixels left free at the left and right of the picture. */
const ROOM_AROUND = 28;

function Canvas(props: ChainCanvasProps): ReactNode {
  const { graph, actions, selected, asked, unfolded, toggleAll } = props;
  const frame = useRef<HTMLDivElement>(null);
  const room = useRoom(frame);
  const layout = useMemo(
    () => layOut(graph, { width: room.width - ROOM_AROUND, height: room.height - 2 * ROOM_AROUND }),
    [graph, room],
  );
  const nodes = useMemo((): FlowNode[] => [...flowNodes(graph, layout)], [graph, layout]);
  const places = useMemo(() => placesOf(nodes), [nodes]);
  const view = useCanvasView(layout, room, targetOf(graph, places, selected), asked);
  return (
    // The keys below are those of the buttons within, as in any toolbar or grid.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      className="chain-canvas"
      ref={frame}
      role="group"
      aria-label={words.chain.picture}
      onKeyDown={(event) => {
        onCanvasKey(event, graph, places, view);
      }}
      onFocus={({ target }) => {
        const place = places.get(target.dataset['node'] ?? '');
        // The mouse goes only where something is in sight already.
        if (place !== undefined && target.matches(':focus-visible')) view.show(place);
      }}
    >
      <ZoomButtons view={view} unfolded={unfolded} toggleAll={toggleAll} />
      <ChainContext value={actions}>
        <ReactFlow<FlowNode>
          nodes={nodes}
          edges={NO_EDGES}
          nodeTypes={NODE_TYPES}
          minZoom={MIN_ZOOM}
          maxZoom={MAX_ZOOM}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          disableKeyboardA11y
          panActivationKeyCode={null}
          selectionKeyCode={null}
          deleteKeyCode={null}
          panOnScroll
          zoomOnDoubleClick={false}
          proOptions={PRO_OPTIONS}
          onMove={(event) => {
            // Without an event it is our own fitting; a mere press of a button moves nothing.
            if (event === null) return;
            frame.current?.classList.add('is-moving');
            view.take();
          }}
          onMoveEnd={() => {
            frame.current?.classList.remove('is-moving');
          }}
        />
      </ChainContext>
    </div>
  );
}

const NO_EDGES: never[] = [];
const PRO_OPTIONS = { hideAttribution: true };

function placesOf(nodes: readonly FlowNode[]): ReadonlyMap<string, Box> {
  return new Map(
    nodes.map(({ id, position, width = 0, height = 0 }) => [id, { ...position, width, height }]),
  );
}

/** What is selected; until then what is to be mended first, with the host it is at. */
function targetOf(
  graph: ChainGraph,
  places: ReadonlyMap<string, Box>,
  selected: NodeId | null,
): Box | null {
  const trouble = places.get(TROUBLE_KEY) ?? null;
  const troubled = graph.rows.find(({ host }) => host.name === graph.trouble?.host);
  const chosen = places.get(selectedKey(graph, selected) ?? '');
  const isTrouble = selected?.kind === 'host' && selected.host === graph.trouble?.host;
  if (chosen !== undefined && selected?.kind !== 'domain') {
    return isTrouble ? around(chosen, trouble) : chosen;
  }
  const host = troubled === undefined ? undefined : places.get(nodeKey(troubled.host.id));
  return host === undefined ? trouble : around(host, trouble);
}

/** The size of an element, kept up to date. */
function useRoom(element: RefObject<HTMLDivElement | null>): Room {
  const [room, setRoom] = useState<Room>({ width: 0, height: 0 });
  useEffect(() => {
    const { current } = element;
    if (current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) {
        const { width, height } = entry.contentRect;
        setRoom({ width, height });
      }
    });
    observer.observe(current);
    return () => {
      observer.disconnect();
    };
  }, [element]);
  return room;
}
