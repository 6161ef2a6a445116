import { Fn, IAspect, TerraformResource, Token } from 'cdktf';
import { IConstruct } from 'constructs';
import { hasForm, shown } from './validation';

interface Tags {
  [key: string]: string;
}

interface Taggable extends TerraformResource {
  tags?: Tags;
  readonly tagsInput?: Tags;
}

/** Types whose `tags` are a list of words, not Azure's tags. */
const OTHER_TAGS = ['azurerm_api_management_named_value', 'azurerm_sentinel_threat_intelligence_indicator'];

/**
 * Writes the mandatory tags on every taggable resource of azurerm below a scope; they win over tags set by hand.
 */
export class MandatoryTags implements IAspect {
  constructor(private readonly mandatory: Tags) {}

  public visit(node: IConstruct): void {
    if (isTaggable(node)) {
      node.tags = tagsWith(node.tagsInput ?? {}, this.mandatory);
    }
  }
}

/**
 * Some tags and those that win over them, also where they are spelt in another case: to Azure that is the same tag.
 */
export function tagsWith(tags: Tags, winning: Tags): Tags {
  if (Token.isUnresolved(tags) || Token.isUnresolved(winning)) {
    return Fn.merge([tags, winning]);
  }
  const taken = Object.keys(winning).map((key) => key.toLowerCase());
  const others = Object.entries(tags).filter(([key]) => !taken.includes(key.toLowerCase()));
  return { ...Object.fromEntries(others), ...winning };
}

/**
 * What is wrong with tags, as clauses for `rejectIf()`; those of storage accounts have the shortest names.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations
 */
export function tagProblems(tags: Tags): Array<string | false> {
  return Object.entries(Token.isUnresolved(tags) ? {} : tags).flatMap(([name, value]) => [
    !hasForm(name, /^[^<>%&\\?/]{1,128}$/s) &&
      `'tags' must have names of 1 to 128 characters, without <, >, %, &, \\, ? and /, got ${shown(name)}`,
    !hasForm(value, /^.{0,256}$/s) &&
      `'tags' must have values of up to 256 characters, and that of ${shown(name)} has ${value.length}`,
  ]);
}

function isTaggable(x: IConstruct): x is Taggable {
  return (
    TerraformResource.isTerraformResource(x) &&
    x.terraformResourceType.startsWith('azurerm_') &&
    !OTHER_TAGS.includes(x.terraformResourceType) &&
    'tagsInput' in x
  );
}
