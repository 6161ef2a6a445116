import { IConstruct } from 'constructs';

/**
 * The one edge that an origin lets in.
 */
export interface EdgeBinding {
  /** Front Door's GUID, sent to origins in the header `X-Azure-FDID`. */
  readonly frontDoorGuid: string;
  /**
   * Whether the edge comes in by private link; otherwise it comes from the internet, and is told apart by its header.
   *
   * An origin that no private link leads to tells it apart by its header in any case, and answers without `privateLinkTarget`.
   */
  readonly privateLink: boolean;
}

/**
 * How an edge reaches an origin.
 */
export interface EdgeOrigin {
  /** Host name to send requests to. */
  readonly hostName: string;
  /** Path that answers 200 while the origin is healthy. */
  readonly healthPath: string;
  /** Azure resource id that a private link connects to. */
  readonly resourceId: string;
  /**
   * Sub-resource of that private link, e.g. `sites`.
   *
   * @default - no private link leads to the origin, e.g. to a Static Web App
   */
  readonly privateLinkTarget?: string;

  /** Region of the origin. */
  readonly location: string;

  /**
   * Paths whose content never changes under one address, so that the edge may keep it, e.g. `/assets/*`.
   *
   * @default - none: every request goes to the origin
   */
  readonly immutablePaths?: string[];
}

/**
 * A construct that can be closed to everybody but one edge.
 */
export interface IEdgeOrigin extends IConstruct {
  /**
   * Closes the origin to everybody but this edge, and tells the edge how to reach it.
   *
   * @param edge The edge, usually a Front Door profile.
   */
  bindEdge(edge: EdgeBinding): EdgeOrigin;
}
