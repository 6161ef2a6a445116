import { Construct } from 'constructs';
import { EdgeBinding, EdgeOrigin, IEdgeOrigin } from '../../src/contracts/edge';
import { Environment } from '../../src/core/environment';
import { EdgeGateway } from '../../src/edge/edge-gateway';
import { EdgeGatewayProps } from '../../src/edge/edge-options';
import { workloadIn } from '../support';

export const SITE =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Web/sites';

/** Stands for an app, or with nothing to link to for a static site. */
export class Origin extends Construct implements IEdgeOrigin {
  public readonly bindings: EdgeBinding[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly answer: Partial<EdgeOrigin> = {},
  ) {
    super(scope, id);
  }

  public bindEdge(edge: EdgeBinding): EdgeOrigin {
    this.bindings.push(edge);
    return {
      hostName: `${this.node.id}.example.net`,
      healthPath: '/health',
      resourceId: `${SITE}/${this.node.id}`,
      privateLinkTarget: 'sites',
      location: 'westeurope',
      ...this.answer,
    };
  }
}

export const LOCKED = { privateLinkTarget: undefined };

/** As many addresses as you wish, each another one. */
export const addresses = (count: number) =>
  Array.from({ length: count }, (_, i) => `10.0.${Math.floor(i / 256)}.${i % 256}`);

export function edgeIn(environment = Environment.DEV, props: EdgeGatewayProps = {}) {
  const workload = workloadIn(environment);
  const origin = (id: string, answer: Partial<EdgeOrigin> = {}) => new Origin(workload, id, answer);
  return { workload, origin, edge: new EdgeGateway(workload, 'Edge', props) };
}
