import { IAspect, TerraformResource } from 'cdktf';
import { IConstruct } from 'constructs';

interface Taggable extends TerraformResource {
  tags?: { [key: string]: string };
  readonly tagsInput?: { [key: string]: string };
}

/** Types whose `tags` are a list of words, not Azure's tags. */
const OTHER_TAGS = ['azurerm_api_management_named_value'];

/**
 * Writes the mandatory tags on every taggable resource of azurerm below a scope; they win over tags set by hand.
 */
export class MandatoryTags implements IAspect {
  constructor(private readonly mandatory: { [key: string]: string }) {}

  public visit(node: IConstruct): void {
    if (isTaggable(node)) {
      node.tags = { ...node.tagsInput, ...this.mandatory };
    }
  }
}

function isTaggable(x: IConstruct): x is Taggable {
  return (
    TerraformResource.isTerraformResource(x) &&
    x.terraformResourceType.startsWith('azurerm_') &&
    !OTHER_TAGS.includes(x.terraformResourceType) &&
    'tagsInput' in x
  );
}
