/** The picture, drawn with React Flow: fitted to its room until a person pans or zooms it. */
import {
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  type EdgeTypes,
  type NodeTypes,
} from '@xyflow/react';
import { useEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react';
import type { NodeId } from '../store/node-id.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { edgeTypes } from './edges.tsx';
import { flowEdges, flowNodes, type FlowEdge, type FlowNode } from './flow.ts';
import type { ChainGraph } from './graph.ts';
import { layOut } from './layout.ts';
import { ChainContext, nodeTypes } from './nodes.tsx';
import { fitted, MAX_ZOOM, MIN_ZOOM, type Room } from './viewport.ts';

export interface ChainCanvasProps {
  readonly graph: ChainGraph;
  /** Key of the selected node. */
  readonly selected: string | null;
  readonly select: (id: NodeId) => void;
  readonly unfold: () => void;
  readonly giveChain: (host: string, text: string) => void;
  /** What to say where there is no host to draw; null when there is one. */
  readonly empty: string | null;
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

// React Flow's maps of components are typed for any node; ours are for exactly the nodes we make.
const NODE_TYPES: NodeTypes = nodeTypes;
const EDGE_TYPES: EdgeTypes = edgeTypes;

function Canvas({
  graph,
  selected,
  select,
  unfold,
  giveChain,
  empty,
}: ChainCanvasProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const room = useRoom(frame);
  const [moved, setMoved] = useState(false);
  const flow = useReactFlow();
  const layout = useMemo(
    () => layOut(graph, { width: room.width - ROOM_AROUND, height: room.height - 2 * ROOM_AROUND }),
    [graph, room],
  );
  const nodes = useMemo(
    (): FlowNode[] => [...flowNodes(graph, layout, selected)],
    [graph, layout, selected],
  );
  const edges = useMemo((): FlowEdge[] => [...flowEdges(graph)], [graph]);
  const { width, height } = layout;
  useEffect(() => {
    if (!moved && room.width > 0) void flow.setViewport(fitted({ width, height }, room));
  }, [flow, moved, room, width, height]);
  const actions = useMemo(() => ({ select, unfold, giveChain }), [select, unfold, giveChain]);
  return (
    <div className="chain-canvas" ref={frame}>
      <ChainContext value={actions}>
        <ReactFlow<FlowNode, FlowEdge>
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          minZoom={MIN_ZOOM}
          maxZoom={MAX_ZOOM}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          panOnScroll
          zoomOnDoubleClick={false}
          proOptions={{ hideAttribution: true }}
          onMoveStart={(event) => {
            // Without an event it is our own fitting.
            if (event !== null) setMoved(true);
          }}
        />
      </ChainContext>
      {empty !== null && <p className="chain-empty">{empty}</p>}
      <div className="zoom-buttons" role="group" aria-label="Zoom">
        <ZoomButton
          icon="plus"
          label="Zoom in"
          act={() => {
            setMoved(true);
            void flow.zoomIn();
          }}
        />
        <ZoomButton
          icon="minus"
          label="Zoom out"
          act={() => {
            setMoved(true);
            void flow.zoomOut();
          }}
        />
        <ZoomButton
          icon="fit"
          label="Fit the picture"
          act={() => {
            setMoved(false);
            void flow.setViewport(fitted({ width, height }, room));
          }}
        />
      </div>
    </div>
  );
}

interface ZoomButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly act: () => void;
}

function ZoomButton({ icon, label, act }: ZoomButtonProps): ReactNode {
  return (
    <button type="button" aria-label={label} title={label} onClick={act}>
      <Icon name={icon} />
    </button>
  );
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
