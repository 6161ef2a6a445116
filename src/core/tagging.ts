import { Fn, IAspect, TerraformResource, Token } from 'cdktf';
import { IConstruct } from 'constructs';
import { MOST_TAGS, TagLimits } from './tag-limits';
import { hasForm, isComputed, isText, shown } from './validation';

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
  private readonly limits = new TagLimits();

  /**
   * @param mandatory The tags.
   * @param foreign Names of tags that somebody else writes, which are left alone.
   */
  constructor(
    private readonly mandatory: Tags,
    private readonly foreign: string[] = [],
  ) {}

  public visit(node: IConstruct): void {
    if (isTaggable(node)) {
      const [own, mandatory] = [node.tagsInput ?? {}, this.mandatory].map((tags) => this.limits.fitting(node, tags));
      node.tags = tagsWith(own, mandatory);
      this.leaveAlone(node);
    }
  }

  /** What is wrong with the tags of a workload's resources, as sentences led by their path; warns of those left out. */
  public problemsOf(workload: IConstruct): string[] {
    return this.limits.problemsOf(workload);
  }

  private leaveAlone(node: TerraformResource): void {
    const ignored = node.lifecycle?.ignoreChanges ?? [];
    if (this.foreign.length > 0 && ignored !== 'all') {
      const tags = this.foreign.map((name) => `tags[${JSON.stringify(name)}]`);
      node.lifecycle = { ...node.lifecycle, ignoreChanges: [...new Set([...ignored, ...tags])].sort() };
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
 * @param mandatory Names of tags that win over these.
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations
 */
export function tagProblems(tags: Tags, mandatory: string[]): Array<string | false> {
  const entries = Object.entries(Token.isUnresolved(tags) ? {} : tags);
  const most = MOST_TAGS - mandatory.length;
  const count = entries.filter(([name]) => !mandatory.includes(name.toLowerCase())).length;
  return [
    count > most &&
      `'tags' must be at most ${most}, because Azure takes ${MOST_TAGS} on a resource and ${mandatory.length} are mandatory; got ${count}`,
    ...entries.flatMap(([name, value]) => [
      !hasForm(name, /^[^<>%&\\?/]{1,128}$/s) &&
        `'tags' must have names of 1 to 128 characters, without <, >, %, &, \\, ? and /, got ${shown(name)}`,
      !hasForm(value, /^.{0,256}$/s) &&
        `'tags' must have values of up to 256 characters, and that of ${shown(name)} has ${value.length}`,
    ]),
  ];
}

/**
 * What is wrong with the names of tags that somebody else writes, as clauses for `rejectIf()`.
 *
 * @param written Names of tags that are written here.
 */
export function foreignTagProblems(foreign: string[], written: string[]): Array<string | false> {
  const own = written.map((name) => name.toLowerCase());
  return foreign.map((name) =>
    isComputed(name)
      ? "'tagsManagedElsewhere' must be literals, because Terraform reads them before it computes anything; got a value that Terraform has yet to compute"
      : own.includes(name.toLowerCase())
        ? `'tagsManagedElsewhere' must not name tags that are written here, got ${shown(name)}`
        : !isText(name, /^[^"\\]{1,512}$/) &&
          `'tagsManagedElsewhere' must be names of 1 to 512 characters, without quotes and backslashes, got ${shown(name)}`,
  );
}

function isTaggable(x: IConstruct): x is Taggable {
  return (
    TerraformResource.isTerraformResource(x) &&
    x.terraformResourceType.startsWith('azurerm_') &&
    !OTHER_TAGS.includes(x.terraformResourceType) &&
    'tagsInput' in x
  );
}
