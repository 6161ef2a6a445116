import { LocalBackend, TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { AzureProviders, AzureState, AzureStateProps, Environment } from '../../src';
import { workloadOn } from '../support';
import { emptyStack, GUID, problemsOf, tokenIn } from './provider-fixtures';

describe('AzureState', () => {
  const PROPS: AzureStateProps = { environment: Environment.PROD, storageAccountName: 'acmestate' };
  const stateIn = (stack: TerraformStack, props: Partial<AzureStateProps> = {}) =>
    new AzureState(stack, 'State', { ...PROPS, ...props });

  describe('defaults', () => {
    test('are Entra and one key per environment and stack', () => {
      const stack = emptyStack('billing-prod');
      const { key } = stateIn(stack);

      expect(key).toBe('prod/billing-prod.tfstate');
      expect(JSON.parse(Testing.synth(stack)).terraform.backend).toEqual({
        azurerm: {
          storage_account_name: 'acmestate',
          container_name: 'tfstate',
          key: 'prod/billing-prod.tfstate',
          use_azuread_auth: true,
        },
      });
    });

    test('container and directory can be said', () => {
      const stack = emptyStack();
      const { backend } = stateIn(stack, { containerName: 'billing', tenantId: GUID }).resources;

      expect(backend.toTerraform().terraform.backend.azurerm).toMatchObject({
        container_name: 'billing',
        tenant_id: GUID,
      });
    });

    test('stacks and environments of a program never share a key', () => {
      const app = Testing.app();
      const keys = ['one', 'two'].flatMap((name) =>
        [Environment.DEV, Environment.PROD].map(
          (environment) => stateIn(new TerraformStack(app, `${name}-${environment.name}`), { environment }).key,
        ),
      );
      const nested = stateIn(new TerraformStack(new Construct(app, 'Group'), 'one-dev'), {
        environment: Environment.DEV,
      }).key;

      expect(new Set([...keys, nested]).size).toBe(5);
      expect(() => new TerraformStack(app, 'one-dev')).toThrow("There is already a Construct with name 'one-dev'");
    });
  });

  describe('fails', () => {
    test('with everything that is wrong at once', () => {
      expect(() =>
        stateIn(emptyStack(), { storageAccountName: 'Acme-State', containerName: 'tf--state', tenantId: 'acme' }),
      ).toThrow(
        new Error(
          `stack/State: 'storageAccountName' must be 3 to 24 lower-case letters or digits, got "Acme-State"; 'containerName' must be 3 to 63 lower-case letters, digits, or single hyphens between them, got "tf--state"; 'tenantId' must be a GUID, got "acme"`,
        ),
      );
    });

    test('with values that Terraform has yet to compute', () => {
      const stack = emptyStack();
      const any = tokenIn(stack);
      const why =
        'must be a literal, because Terraform reads the backend before it computes anything; got a value that Terraform has yet to compute';

      expect(() => stateIn(stack, { storageAccountName: any, containerName: `x-${any}`, tenantId: any })).toThrow(
        new Error(`stack/State: 'storageAccountName' ${why}; 'containerName' ${why}; 'tenantId' ${why}`),
      );
    });

    test('with what is missing, as JavaScript has it', () => {
      expect(() => stateIn(emptyStack(), { environment: undefined, storageAccountName: undefined })).toThrow(
        new Error(
          "stack/State: 'environment' must be an Environment, e.g. the class's constant PROD, got nothing; 'storageAccountName' must be a text, got nothing",
        ),
      );
    });

    test('with another environment than that of a workload in the stack', () => {
      const stack = emptyStack();
      new AzureProviders(stack, 'Providers');
      stateIn(stack, { environment: Environment.DEV });
      workloadOn(stack, 'Billing', { environment: Environment.PROD });

      expect(problemsOf(stack)).toEqual([
        "[stack/State] 'environment' must be prod as that of stack/Billing is, got dev, which the key of the state begins with; give workloads of other environments stacks of their own",
      ]);
    });

    test('beside another backend', () => {
      const stack = emptyStack();
      new LocalBackend(stack);

      expect(() => stateIn(stack)).toThrow(
        new Error('stack/State: the stack "stack" has a backend already; a state lives in one place'),
      );
    });
  });
});
