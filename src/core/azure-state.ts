import { AzurermBackend, TerraformBackend, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { anEnvironment } from './collaborators';
import { Environment } from './environment';
import { aText, checkKinds, Kinds } from './kinds';
import { refuseOthers } from './one-environment';
import { guidProblem, isComputed, isText, rejectIf, shown } from './validation';

const KINDS: Kinds<AzureStateProps> = { environment: anEnvironment, storageAccountName: aText };

/**
 * Properties for `AzureState`.
 */
export interface AzureStateProps {
  /** Environment of the stack; states of different environments never share a key. */
  readonly environment: Environment;
  /** Storage account that holds the state, e.g. one made by `StateAccount`; a literal, Terraform reads it before anything else. */
  readonly storageAccountName: string;

  /**
   * Container in that account.
   *
   * @default 'tfstate'
   */
  readonly containerName?: string;

  /**
   * Directory (tenant) of the account, a GUID; a literal.
   *
   * @default - what the environment variable `ARM_TENANT_ID` says when Terraform runs
   */
  readonly tenantId?: string;
}

/**
 * The Terraform resources behind `AzureState`.
 */
export interface AzureStateResources {
  /** The backend. */
  readonly backend: AzurermBackend;
}

/**
 * Keeps the state of a stack in Azure: locked while in use, reached with an Entra identity and never with account keys, under
 * one key per environment and stack.
 *
 * Two programs whose stacks have the same name need containers of their own: in one container they would take each other's
 * state for theirs, and destroy what the other made.
 *
 * Whoever plans needs `Storage Blob Data Contributor` on the container: Terraform writes the lock, and in the first
 * `terraform init` the state itself. From then on `Storage Blob Data Reader` is enough for plans with `-lock=false`.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/azurerm
 */
export class AzureState extends Construct {
  /** Key of the state in its container. */
  public readonly key: string;
  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: AzureStateResources;

  constructor(scope: Construct, id: string, props: AzureStateProps) {
    super(scope, id);
    checkKinds(this, props, KINDS);
    const stack = TerraformStack.of(this);
    const { storageAccountName, containerName = 'tfstate', environment, tenantId } = props;

    rejectIf(
      this,
      literalProblem('storageAccountName', storageAccountName) ||
        (!isText(storageAccountName, /^[a-z0-9]{3,24}$/) &&
          `'storageAccountName' must be 3 to 24 lower-case letters or digits, got ${shown(storageAccountName)}`),
      literalProblem('containerName', containerName) ||
        (!isText(containerName, /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/) &&
          `'containerName' must be 3 to 63 lower-case letters, digits, or single hyphens between them, got ${shown(containerName)}`),
      literalProblem('tenantId', tenantId) || guidProblem('tenantId', tenantId),
      stack.node.children.some(TerraformBackend.isBackend) &&
        `the stack ${shown(stack.node.id)} has a backend already; a state lives in one place`,
    );

    this.key = `${environment.name}/${stack.node.path}.tfstate`;
    this.resources = {
      backend: new AzurermBackend(stack, {
        storageAccountName,
        containerName,
        key: this.key,
        tenantId,
        useAzureadAuth: true,
      }),
    };
    refuseOthers(this, environment, 'the key of the state begins with');
  }
}

function literalProblem(prop: string, value?: string): string | false {
  return (
    isComputed(value) &&
    `'${prop}' must be a literal, because Terraform reads the backend before it computes anything; got ${shown(value)}`
  );
}
