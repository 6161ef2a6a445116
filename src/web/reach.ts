import { IConstruct } from 'constructs';
import { IPrivateNetwork } from '../contracts/network';
import { warnOnce } from '../core/warning';
import { isCutOff } from '../network/reach';
import type { SecureWebApp } from './secure-web-app';
import { SecureWebAppProps } from './secure-web-app-props';
import { ignoredChanges } from './site';

/**
 * What an app connects to, and whether its traffic gets there: known at synthesis only, since peerings come after.
 */
export class Reach {
  private readonly targets: Array<{ readonly target: IConstruct; readonly networks: IPrivateNetwork[] }> = [];

  constructor(
    private readonly app: SecureWebApp,
    private readonly props: SecureWebAppProps,
  ) {
    app.node.addValidation({ validate: () => this.warn() });
  }

  /** Notes what the app connects to; nothing is said of what is reached from anywhere, or nobody knows from where. */
  public add(target: IConstruct, networks?: IPrivateNetwork[]): void {
    if (networks) {
      this.targets.push({ target, networks });
    }
  }

  /** One warning for all that take the same remedy. */
  private warn(): string[] {
    const paths = new Map<string, Set<string>>();
    for (const { target, networks } of this.isKnown() ? this.targets : []) {
      if (isCutOff(this.props, target, networks)) {
        const remedy = remedyFor(this.props.network, networks);
        paths.set(remedy, (paths.get(remedy) ?? new Set()).add(target.node.path));
      }
    }
    paths.forEach((some, remedy) => warnOnce(this.app, `cannot reach ${[...some].sort().join(', ')}: ${remedy}`));
    return [];
  }

  /** Whether nobody but the props says where the traffic of the app goes. */
  private isKnown(): boolean {
    const { webApp } = this.app.resources;
    const ignored = ignoredChanges(this.props).includes('virtual_network_subnet_id');
    return !ignored && (this.props.network !== undefined || webApp.virtualNetworkSubnetIdInput === undefined);
  }
}

function remedyFor(network: IPrivateNetwork | undefined, networks: IPrivateNetwork[]): string {
  if (networks.length === 0) {
    return "nothing leads there, closed as it is and in no network; give it and the app the same 'network'";
  }
  const there = networks.map(({ node }) => node.path).join(', ');
  return network === undefined
    ? `only ${there} leads there; give the app that 'network'`
    : `only ${there} leads there, and the app is in ${network.node.path}; give both the same 'network', or peer the two`;
}
