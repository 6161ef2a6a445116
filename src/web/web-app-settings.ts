import { isComputed, shown } from '../core/validation';
import { isCalledSecret, isForVault, secretIn } from '../secrets/literal-secrets';

/** Settings that the provider refuses because it writes them itself, and what to use instead. */
const RESERVED: { readonly [name: string]: string } = {
  DIAGNOSTICS_AZUREBLOBCONTAINERSASURL: 'an observability construct takes the logs',
  DIAGNOSTICS_AZUREBLOBRETENTIONINDAYS: 'an observability construct takes the logs',
  DOCKER_REGISTRY_SERVER_PASSWORD: "the image is pulled under the app's identity",
  DOCKER_REGISTRY_SERVER_URL: "use 'runtime'",
  DOCKER_REGISTRY_SERVER_USERNAME: "the image is pulled under the app's identity",
  'SPRING.DATASOURCE.PASSWORD': 'use addConnection()',
  'SPRING.DATASOURCE.URL': 'use addConnection()',
  'SPRING.DATASOURCE.USERNAME': 'use addConnection()',
  WEBSITE_HEALTHCHECK_MAXPINGFAILURES: "use 'healthCheckPath'",
  WEBSITE_HTTPLOGGING_CONTAINER_URL: 'an observability construct takes the logs',
  WEBSITE_HTTPLOGGING_RETENTION_DAYS: "use 'logDays'",
  WEBSITE_VNET_ROUTE_ALL: "use 'network'",
};

/**
 * What is wrong with a setting, as clauses for `rejectIf()`.
 *
 * @param prop Prop that the setting came from, for the message.
 */
export function settingProblems(prop: string, name: string, value: string): Array<string | false> {
  const instead = RESERVED[name.toUpperCase()];
  const named = isComputed(name) ? 'the setting' : name;
  return [
    !/^[A-Za-z0-9_.]+$/.test(name) &&
      `'${prop}' must have names of letters, digits, '_' and '.', which is all that Linux apps can read, got ${shown(name)}`,
    instead !== undefined && `'${prop}' must not have ${name}, which is written for you: ${instead}`,
    instead === undefined && !isComputed(value) && !isForVault(value) && secretProblem(prop, named, value),
  ];
}

/** The setting is there for whoever can read the app's configuration, and so is what it says. */
function secretProblem(prop: string, name: string, value: string): string | false {
  return (
    (secretIn(value) !== undefined &&
      `'${prop}' must not hold secrets, and the value of ${name} looks like one; keep it in a vault and use addSecret()`) ||
    (isCalledSecret(name, value) &&
      `'${prop}' must not hold secrets, and ${name} is one by its name; keep it in a vault and use addSecret(), or say in the name what it is, e.g. ${name}_NAME`)
  );
}

/**
 * What is wrong with the origins that browsers may call from, as clauses for `rejectIf()`.
 */
export function corsProblems(origins: string[], credentials: boolean): Array<string | false> {
  return [
    ...origins.map(
      (origin) =>
        !isComputed(origin) &&
        !/^https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/.test(origin) &&
        `'corsOrigins' must be https:// and a host in lower case, without a path, '*' or a slash at the end; got ${shown(origin)}`,
    ),
    credentials && origins.length === 0 && "'corsCredentials' must come with 'corsOrigins', got none",
  ];
}

/**
 * What is wrong with a path of the app, as a clause for `rejectIf()`.
 */
export function pathProblem(prop: string, path: string): string | false {
  return (
    !isComputed(path) &&
    !/^\/[\w\-.~%/]*$/.test(path) &&
    `'${prop}' must be a path that starts with '/' and has no query, got ${shown(path)}`
  );
}
