import { PlanSku } from './plan-sku';
import { IWebAppPlan } from './web-app-plan';
import { WebAppRuntime } from './web-app-runtime';

/** Serves files under any path, which is what a program in the browser needs; comes with the runtime. */
const SERVE = 'pm2 serve /home/site/wwwroot --no-daemon --spa';

/**
 * Size of a Static Web App.
 */
export enum StaticWebAppSku {
  /** No identity, no private endpoint, no edge in front, no guarantee; for trying out. */
  FREE = 'Free',
  /** Everything. */
  STANDARD = 'Standard',
}

/**
 * Options for `StaticSiteHost.staticWebApp()`.
 */
export interface StaticWebAppOptions {
  /**
   * Region, create-only: `centralus`, `eastasia`, `eastus2`, `westeurope` or `westus2`. Previews are there; the files themselves are
   * spread over the world, since they are for everybody to see.
   *
   * @default - that of the workload, where it is one of them
   */
  readonly location?: string;

  /**
   * Size; a free one only in environments of the economy tier, for a site that is open to the internet.
   *
   * @default StaticWebAppSku.STANDARD
   */
  readonly sku?: StaticWebAppSku;

  /**
   * Whether each pull request may have a copy of the site of its own, under an address that everybody can open.
   *
   * @default false
   */
  readonly previews?: boolean;

  /**
   * The number in the host name that Azure gave the site, e.g. 5 in `calm-sea-0a1b2c3d4.5.azurestaticapps.net`, 1 to 9: its private
   * DNS zone has it too. Known after the first deployment; needed with `network`.
   *
   * @default - none, as in the host names of older sites
   */
  readonly partition?: number;
}

/**
 * Options for `StaticSiteHost.appService()`.
 */
export interface AppServiceSiteOptions {
  /**
   * What serves the files, e.g. a container with a web server.
   *
   * @default - Node.js, with a server of files that its image brings
   */
  readonly runtime?: WebAppRuntime;

  /**
   * Machines to run on.
   *
   * @default - a plan of its own
   */
  readonly plan?: IWebAppPlan;

  /**
   * Size of each machine of a plan of its own.
   *
   * @default - from the environment: B1 in dev and test, P0v3 in staging, P1v3 in preprod and prod
   */
  readonly sku?: PlanSku;
}

/**
 * Where a static site lives.
 */
export class StaticSiteHost {
  /** A Static Web App: files near the visitors, without a machine; in five regions only. */
  public static staticWebApp(options: StaticWebAppOptions = {}): StaticSiteHost {
    return new StaticSiteHost(options);
  }

  /**
   * App Service: machines in the region of the workload, with slots and private link, as for a `SecureWebApp`.
   *
   * What serves the files decides about headers and paths, or the edge in front of it.
   */
  public static appService(options: AppServiceSiteOptions = {}): StaticSiteHost {
    return new StaticSiteHost(undefined, options);
  }

  private constructor(
    private readonly staticWebAppOptions?: StaticWebAppOptions,
    private readonly appServiceOptions?: AppServiceSiteOptions,
  ) {}

  /** @internal */
  public get _staticWebApp(): StaticWebAppOptions | undefined {
    return this.staticWebAppOptions;
  }

  /** @internal */
  public get _appService(): AppServiceSiteOptions | undefined {
    return this.appServiceOptions;
  }

  /**
   * What runs on App Service, and how it is started.
   *
   * @internal
   */
  public get _served(): { readonly runtime: WebAppRuntime; readonly startupCommand?: string } {
    const runtime = this.appServiceOptions?.runtime;
    return runtime ? { runtime } : { runtime: WebAppRuntime.node('22-lts'), startupCommand: SERVE };
  }
}
