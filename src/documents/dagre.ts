/** What a node is laid out with, and where it ends up: its middle. */
export interface PlacedNode {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where an edge runs, and the middle of its label. */
export interface PlacedEdge {
  readonly points: Array<{ readonly x: number; readonly y: number }>;
  readonly x?: number;
  readonly y?: number;
}

/** The part of dagre's graph that we use. */
export interface DagreGraph {
  setGraph(options: { [option: string]: unknown }): this;
  setNode(name: string, size: { readonly width?: number; readonly height?: number }): this;
  setParent(name: string, parent: string): this;
  setEdge(from: string, to: string, options: { [option: string]: unknown }): this;
  node(name: string): PlacedNode;
  edge(from: string, to: string): PlacedEdge;
  graph(): { readonly width: number; readonly height: number };
}

interface Dagre {
  readonly Graph: new (options: { readonly compound: boolean }) => DagreGraph;
  layout(graph: DagreGraph): void;
}

// its declarations are those of an ES module, which TypeScript lets no CommonJS module import
// eslint-disable-next-line @typescript-eslint/no-require-imports
export const dagre = require('@dagrejs/dagre') as Dagre;
