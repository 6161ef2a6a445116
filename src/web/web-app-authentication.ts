import { LinuxWebAppAuthSettingsV2 } from '@cdktf/provider-azurerm/lib/linux-web-app';
import { Fn, Token } from 'cdktf';
import { guidProblem, hasForm, isComputed, shown } from '../core/validation';

/** Setting by which App Service signs in with a managed identity instead of a client secret. */
const FEDERATION_SETTING = 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID';

/**
 * Options for `WebAppAuthentication`.
 */
export interface EntraAuthenticationOptions {
  /** Application (client) id of the registration that stands for this app. */
  readonly clientId: string;
  /** Directory whose people and programs are let in. */
  readonly tenantId: string;

  /**
   * Audiences that tokens may be for.
   *
   * @default - `api://` and the client id
   */
  readonly allowedAudiences?: string[];

  /**
   * Client ids of the applications that may call.
   *
   * @default - every application of the directory
   */
  readonly allowedApplications?: string[];

  /**
   * Paths that need no sign-in; the health paths never do.
   *
   * @default - none
   */
  readonly anonymousPaths?: string[];
}

/**
 * Who App Service lets through to the app (Easy Auth).
 */
export class WebAppAuthentication {
  /** An API: calls need a token of the directory, everything else is answered with 401. */
  public static entraApi(options: EntraAuthenticationOptions): WebAppAuthentication {
    return new WebAppAuthentication(options, false);
  }

  /**
   * A site for people: whoever is not signed in is sent to the sign-in page.
   *
   * There is no client secret: the registration trusts the identity of the app by a federated credential.
   *
   * @see https://learn.microsoft.com/azure/app-service/configure-authentication-provider-aad#use-a-managed-identity-instead-of-a-secret-preview
   */
  public static entraSite(options: EntraAuthenticationOptions): WebAppAuthentication {
    return new WebAppAuthentication(options, true);
  }

  private constructor(
    private readonly options: EntraAuthenticationOptions,
    private readonly forPeople: boolean,
  ) {}

  /** @internal */
  public get _problems(): Array<string | false> {
    const { clientId, tenantId, allowedApplications = [], anonymousPaths = [] } = this.options;
    const ids: Array<[string, string]> = [
      ['clientId', clientId],
      ['tenantId', tenantId],
      ...allowedApplications.map((id): [string, string] => ['allowedApplications', id]),
    ];
    return [
      ...ids.map(([prop, id]) => guidProblem(prop, id)),
      ...anonymousPaths.map(
        (path) => !hasForm(path, /^\//) && `'anonymousPaths' must start with '/', got ${shown(path)}`,
      ),
    ];
  }

  /**
   * Settings that App Service itself reads.
   *
   * @internal
   */
  public _settings(identityClientId: string): { [name: string]: string } {
    return this.forPeople ? { [FEDERATION_SETTING]: identityClientId } : {};
  }

  /**
   * @param healthPaths Paths that probes ask without signing in.
   * @param forwardProxy How an edge in front says what it was asked for, if there is one.
   *
   * @internal
   */
  public _toAuthSettings(healthPaths: string[], forwardProxy: string): LinuxWebAppAuthSettingsV2 {
    const { clientId, tenantId, allowedApplications, anonymousPaths = [] } = this.options;
    return {
      authEnabled: true,
      requireAuthentication: true,
      requireHttps: true,
      unauthenticatedAction: this.forPeople ? 'RedirectToLoginPage' : 'Return401',
      defaultProvider: 'azureactivedirectory',
      forwardProxyConvention: this.forPeople ? forwardProxy : undefined,
      excludedPaths: inOrder(healthPaths, anonymousPaths),
      activeDirectoryV2: {
        clientId,
        tenantAuthEndpoint: `https://login.microsoftonline.com/${tenantId}/v2.0`,
        allowedAudiences: this.options.allowedAudiences ?? [`api://${clientId}`],
        allowedApplications,
        clientSecretSettingName: this.forPeople ? FEDERATION_SETTING : undefined,
      },
      login: { tokenStoreEnabled: true },
    };
  }
}

/** Without repetition, sorted; paths that Terraform has yet to compute come last, since nobody knows what they sort as. */
function inOrder(paths: string[], others: string[]): string[] {
  if (Token.isUnresolved(others)) {
    return Fn.distinct(Fn.concat([inOrder(paths, []), others]));
  }
  const distinct = [...new Set([...paths, ...others])];
  return [...distinct.filter((path) => !isComputed(path)).sort(), ...distinct.filter(isComputed)];
}
