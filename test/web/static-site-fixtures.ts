import { Workload } from '../../src/core/workload';
import { StaticSite } from '../../src/web/static-site';
import { StaticSiteHost, StaticWebAppOptions } from '../../src/web/static-site-host';
import { StaticSiteProps } from '../../src/web/static-site-props';

export const siteIn = (workload: Workload, props: StaticSiteProps = {}) =>
  new StaticSite(workload, 'Web', { publiclyReachable: true, ...props });
export const on = (options: StaticWebAppOptions, props: StaticSiteProps = {}): StaticSiteProps => ({
  ...props,
  host: StaticSiteHost.staticWebApp(options),
});
export const fileOf = (site: StaticSite) => JSON.parse(site.toConfigFile());
