import { LinuxWebAppSiteConfigApplicationStack } from '@cdktf/provider-azurerm/lib/linux-web-app';
import { isComputed, shown } from '../core/validation';

/** Versions that azurerm 4.55 accepts and that still get security fixes; Azure takes others away without notice. */
const SUPPORTED = {
  dotnet: ['8.0', '9.0', '10.0'],
  java: ['11', '17', '21'],
  node: ['20-lts', '22-lts'],
  php: ['8.2', '8.3', '8.4'],
  python: ['3.10', '3.11', '3.12', '3.13'],
};

/**
 * Web server of a Java app.
 */
export enum JavaServer {
  /** None: the app is a jar that listens by itself. */
  JAVA_SE = 'JAVA',
  /** JBoss EAP. */
  JBOSS_EAP = 'JBOSSEAP',
  /** Tomcat. */
  TOMCAT = 'TOMCAT',
}

/**
 * Options for `WebAppRuntime.container()`.
 */
export interface ContainerOptions {
  /** Repository with a tag or, better, a digest: `acme/api:1.4.2`, `acme/api@sha256:…`; never `latest`. */
  readonly image: string;
  /** Registry, e.g. `https://acme.azurecr.io` or `https://ghcr.io`; without user and password, those would end up in state. */
  readonly registryUrl: string;

  /**
   * Azure resource id of an Azure Container Registry; the app is given the right to pull from it.
   *
   * @default - the right to pull is given elsewhere, or the registry is public
   */
  readonly registryId?: string;
}

/**
 * What a web app runs on.
 */
export class WebAppRuntime {
  /**
   * A container image.
   *
   * From an Azure Container Registry it is pulled under the identity of the app, through the network of the app.
   */
  public static container(options: ContainerOptions): WebAppRuntime {
    const { image, registryUrl } = options;
    return new WebAppRuntime(
      { dockerImageName: image, dockerRegistryUrl: registryUrl },
      containerProblems(options),
      options,
    );
  }

  /** .NET on Linux: `8.0`, `9.0` or `10.0`. */
  public static dotnet(version: string): WebAppRuntime {
    return new WebAppRuntime({ dotnetVersion: version }, versionProblems('dotnet', version));
  }

  /**
   * Java: `11`, `17` or `21`.
   *
   * @param version Version of Java.
   * @param server Web server.
   * @param serverVersion Version of the web server, e.g. `10.1`; for `JAVA_SE` the version of Java.
   */
  public static java(version: string, server: JavaServer = JavaServer.JAVA_SE, serverVersion?: string): WebAppRuntime {
    const problems: Array<string | false> = [
      ...versionProblems('java', version),
      server !== JavaServer.JAVA_SE &&
        serverVersion === undefined &&
        `'runtime' must name the version of ${server}, e.g. WebAppRuntime.java(${shown(version)}, …, "10.1"); got none`,
    ];
    return new WebAppRuntime(
      { javaVersion: version, javaServer: server, javaServerVersion: serverVersion ?? version },
      problems,
    );
  }

  /** Node.js: `20-lts` or `22-lts`. */
  public static node(version: string): WebAppRuntime {
    return new WebAppRuntime({ nodeVersion: version }, versionProblems('node', version));
  }

  /** PHP: `8.2`, `8.3` or `8.4`. */
  public static php(version: string): WebAppRuntime {
    return new WebAppRuntime({ phpVersion: version }, versionProblems('php', version));
  }

  /** Python: `3.10` to `3.13`. */
  public static python(version: string): WebAppRuntime {
    return new WebAppRuntime({ pythonVersion: version }, versionProblems('python', version));
  }

  private constructor(
    private readonly stack: LinuxWebAppSiteConfigApplicationStack,
    private readonly problems: Array<string | false>,
    private readonly container?: ContainerOptions,
  ) {}

  /** @internal */
  public get _applicationStack(): LinuxWebAppSiteConfigApplicationStack {
    return this.stack;
  }

  /**
   * What is wrong with it, as clauses for `rejectIf()`.
   *
   * @internal
   */
  public get _problems(): Array<string | false> {
    return this.problems;
  }

  /** @internal */
  public get _isContainer(): boolean {
    return this.container !== undefined;
  }

  /**
   * Azure Container Registry that is pulled from, if it is known by its id.
   *
   * @internal
   */
  public get _registryId(): string | undefined {
    return this.container?.registryId;
  }

  /**
   * Whether the image is pulled under the identity of the app; only Azure's own registry knows it.
   *
   * @internal
   */
  public get _pullsByIdentity(): boolean {
    return (
      this.container !== undefined &&
      (this._registryId !== undefined || /\.azurecr\.io\/?$/.test(this.container.registryUrl))
    );
  }
}

function versionProblems(language: keyof typeof SUPPORTED, version: string): Array<string | false> {
  const supported = SUPPORTED[language];
  return [
    !isComputed(version) &&
      !supported.includes(version) &&
      `'runtime' must be ${language} ${supported.join(', ')}, got ${shown(version)}; for another version bring a container`,
  ];
}

function containerProblems({ image, registryUrl }: ContainerOptions): Array<string | false> {
  const repository = '[a-z0-9]+([._/-]+[a-z0-9]+)*';
  return [
    !isComputed(image) &&
      !new RegExp(`^${repository}(:(?!latest$)[\\w][\\w.-]{0,127}|@sha256:[0-9a-f]{64})$`).test(image) &&
      `'image' must be a repository with a tag other than 'latest' or with a digest, without the registry, e.g. acme/api:1.4.2; got ${shown(image)}`,
    !isComputed(registryUrl) &&
      !/^https:\/\/[a-z0-9.-]+(:\d+)?\/?$/.test(registryUrl) &&
      `'registryUrl' must be https:// and the host of a registry, without user, password or path; got ${shown(registryUrl)}`,
  ];
}
