import { TerraformProvider, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { isDefaultProvider } from '../core/utility-providers';
import { resolvedIn } from '../core/validation';

/**
 * What is wrong with the provider of a stack that has Application Insights: Azure makes a rule of its own for each component,
 * which mails people, and an action group an hour later, which keeps the resource group from being deleted.
 */
export function smartDetectionProblems(construct: IConstruct): string[] {
  const stack = TerraformStack.of(construct);
  const providers = stack.node.findAll().filter((x) => isDefaultProvider(x, 'azurerm')) as TerraformProvider[];
  const off = providers.every((provider) =>
    /"application_insights":\[?\{[^}]*"disable_generated_rule":true/.test(
      JSON.stringify(resolvedIn(stack, provider.toTerraform())),
    ),
  );
  return off
    ? []
    : [
        `${construct.node.path}: the azurerm provider must have 'features.application_insights.disable_generated_rule' set, or Azure mails people by itself, and the resource group cannot be deleted; define it with AzureProviders`,
      ];
}
