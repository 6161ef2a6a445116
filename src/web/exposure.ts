import { IResolvable, Lazy } from 'cdktf';
import { EdgeBinding } from '../contracts/edge';

/**
 * Who can reach an app; known in full only at synthesis, since an edge comes after the app.
 */
export class Exposure {
  private edge?: EdgeBinding;

  constructor(private readonly publiclyReachable: boolean) {}

  /** Closes the app to everybody but an edge. */
  public closeTo(edge: EdgeBinding): void {
    this.edge = edge;
  }

  /** The edge that the app is closed to, if it is. */
  public get boundEdge(): EdgeBinding | undefined {
    return this.edge;
  }

  /** Whether callers may come from the internet. */
  public get isPublic(): boolean {
    return this.edge ? !this.edge.privateLink : this.publiclyReachable;
  }

  /** Whether anybody gets in, and so probes from the internet; what is closed to an edge is probed through it. */
  public get isOpen(): boolean {
    return this.isPublic && !this.edge;
  }

  /** `public_network_access_enabled`. */
  public publicNetworkAccess(): IResolvable {
    return Lazy.anyValue({ produce: () => this.isPublic });
  }

  /** `ip_restriction_default_action`. */
  public defaultAction(): string {
    return Lazy.stringValue({ produce: () => (this.isOpen ? 'Allow' : 'Deny') });
  }

  /** `forward_proxy_convention`: a sign-in leads back to the name that the edge was asked for, not to the app, which is closed. */
  public forwardProxy(): string {
    return Lazy.stringValue({ produce: () => this.edge && 'Standard' });
  }

  /** `ip_restriction`, in Terraform's spelling; azurerm wants all four lists of headers, whichever are used. */
  public restrictions(): IResolvable {
    return Lazy.anyValue({
      produce: () =>
        this.edge && !this.edge.privateLink
          ? [
              {
                name: 'front-door',
                description: 'Only our own Front Door, told apart by its id',
                action: 'Allow',
                priority: 100,
                service_tag: 'AzureFrontDoor.Backend',
                headers: [
                  {
                    x_azure_fdid: [this.edge.frontDoorGuid],
                    x_fd_health_probe: [],
                    x_forwarded_for: [],
                    x_forwarded_host: [],
                  },
                ],
              },
            ]
          : undefined,
    });
  }
}
