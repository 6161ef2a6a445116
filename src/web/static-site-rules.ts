import { LinuxWebApp } from '@cdktf/provider-azurerm/lib/linux-web-app';
import { StaticWebApp } from '@cdktf/provider-azurerm/lib/static-web-app';
import { Construct } from 'constructs';
import { ServiceTier } from '../core/environment';
import { canonicalLocation } from '../core/locations';
import { nameProblem } from '../core/naming';
import { ignoreProblems } from '../core/protection';
import { residencyProblem } from '../core/residency';
import { isComputed, isWholeBetween, shown } from '../core/validation';
import { Workload } from '../core/workload';
import { configProblems } from './static-site-config-rules';
import { StaticSiteHost, StaticWebAppOptions, StaticWebAppSku } from './static-site-host';
import { StaticSiteProps } from './static-site-props';
import { pathProblem } from './web-app-settings';

/** Source: learn.microsoft.com/azure/static-web-apps/overview, and what Azure answers elsewhere (LocationNotAvailableForResourceType). */
const REGIONS = ['centralus', 'eastasia', 'eastus2', 'westeurope', 'westus2'];

/**
 * What is wrong with the props of a site, as clauses for `rejectIf()`.
 */
export function staticSiteProblems(
  site: Construct,
  props: StaticSiteProps,
  host: StaticSiteHost,
): Array<string | false> {
  const options = host._staticWebApp;
  const type = (options ? StaticWebApp : LinuxWebApp).tfResourceType;
  return [
    nameProblem(type, site, 'siteName', props.siteName),
    props.healthCheckPath !== undefined && pathProblem('healthCheckPath', props.healthCheckPath),
    ...configProblems(props.config ?? {}, props.immutablePaths ?? []),
    ...ignoreProblems(props),
    ...(options
      ? staticWebAppProblems(site, props, options)
      : [
          props.config !== undefined &&
            "'config' must come with a Static Web App: on App Service, what serves the files decides, or the edge in front of it",
        ]),
  ];
}

function staticWebAppProblems(
  site: Construct,
  props: StaticSiteProps,
  { location, sku, partition }: StaticWebAppOptions,
): Array<string | false> {
  return [
    locationProblem(site, location),
    partition !== undefined &&
      (isComputed(partition)
        ? "'partition' must be a literal, because the name of a zone is made from it; got a value that Terraform has yet to compute"
        : !isWholeBetween(partition, 1, 9) &&
          `'partition' must be a whole number from 1 to 9, got ${shown(partition)}`),
    partition !== undefined && props.network === undefined && "'partition' must come with 'network', got none",
    ...(sku === StaticWebAppSku.FREE ? freeProblems(site, props) : []),
  ];
}

/** A region that is not asked for is asked about: where previews are is somebody's decision, and moving makes another site. */
function locationProblem(site: Construct, given?: string): string | false {
  const workload = Workload.of(site);
  const location = given ?? workload.location;
  if (isComputed(location)) {
    return "'location' must be a literal, because residency is checked at synthesis; got a value that Terraform has yet to compute";
  }
  if (!REGIONS.includes(canonicalLocation(location))) {
    const allowed = REGIONS.filter((region) => workload.allowedLocations.includes(region));
    const remedy = allowed.length > 0 ? `give ${allowed.join(' or ')}, or` : 'none of them is allowed here:';
    return `'location' must be one of ${REGIONS.join(', ')}, where Static Web Apps are, got ${shown(location)}; ${remedy} use StaticSiteHost.appService()`;
  }
  return residencyProblem(site, "'location'", location);
}

function freeProblems(site: Construct, props: StaticSiteProps): Array<string | false> {
  const { tier } = Workload.of(site).environment.profile;
  return [
    tier !== ServiceTier.ECONOMY &&
      `'sku' must be STANDARD outside of environments of the economy tier, got FREE in a ${tier} one`,
    props.identity !== undefined && "'sku' must be STANDARD for an identity, got FREE with 'identity'",
    props.network !== undefined && "'sku' must be STANDARD for a private endpoint, got FREE with 'network'",
    !props.publiclyReachable &&
      "'sku' must be STANDARD for a site that is not open to everybody, got FREE without 'publiclyReachable'",
  ];
}
