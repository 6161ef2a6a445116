import { TerraformResource, Token } from 'cdktf';
import { IConstruct } from 'constructs';
import { hasForm, shown } from './validation';
import { warnOnce } from './warning';
import { Workload } from './workload';

interface Tags {
  [key: string]: string;
}

/** The two places where cdktf keeps the tags of a resource. */
interface Tagged {
  readonly tagsInput?: Tags;
  readonly rawOverrides?: object;
}

/** What services take of tags that is less than elsewhere. */
interface TagLimit {
  readonly types: RegExp;
  /** Names that they take, and how these are told. */
  readonly names?: { readonly form: RegExp; readonly words: string };
  /** Tags on one resource. */
  readonly most?: number;
}

/**
 * Azure takes so many tags on a resource.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations
 */
export const MOST_TAGS = 50;

/** From the same page; resolvers of private DNS are another service. */
const LIMITS: TagLimit[] = [
  {
    types: /^azurerm_(private_)?dns_(?!resolver)/,
    // DNS drops others without a word: https://github.com/hashicorp/terraform-provider-azurerm/issues/6129
    names: { form: /^[a-z_][\w.-]*$/i, words: "letters, digits, '_', '.' and '-', no digit first" },
    most: 15,
  },
  { types: /^azurerm_cdn_frontdoor_/, names: { form: /^[^#:]*$/, words: "no '#' and ':'" } },
  { types: /^azurerm_key_vault_(secret|key|certificate)$/, most: 15 },
];

/**
 * Leaves tags out where Azure does not take their names, and remembers what there is to tell about the tags of a workload.
 */
export class TagLimits {
  private readonly counted = new Set<TerraformResource>();
  private readonly leftOut = new Map<TagLimit, { readonly tags: Set<string>; readonly types: Set<string> }>();

  /**
   * Those of some tags that the service of a resource takes by their names.
   *
   * @param resource The resource.
   * @param tags Tags, the very same object where all of them fit.
   */
  public fitting(resource: TerraformResource, tags: Tags): Tags {
    const { terraformResourceType: type } = resource;
    const limit = LIMITS.find(({ types }) => types.test(type));
    if (limit?.most !== undefined) {
      this.counted.add(resource);
    }
    const form = limit?.names?.form;
    const unfit =
      form === undefined || Token.isUnresolved(tags) ? [] : Object.keys(tags).filter((name) => !hasForm(name, form));
    if (limit === undefined || unfit.length === 0) {
      return tags;
    }
    const known = this.leftOut.get(limit) ?? { tags: new Set(), types: new Set() };
    unfit.forEach((name) => known.tags.add(name));
    known.types.add(type);
    this.leftOut.set(limit, known);
    return Object.fromEntries(Object.entries(tags).filter(([name]) => !unfit.includes(name)));
  }

  /**
   * What is wrong with the tags of its resources once all are set, as sentences led by their path; warns of those left out.
   */
  public problemsOf(workload: IConstruct): string[] {
    this.warn(workload);
    return [...this.counted]
      .filter((resource) => Workload.of(resource) === workload)
      .flatMap((resource) => countProblem(resource) || []);
  }

  /** One warning for all of them. */
  private warn(workload: IConstruct): void {
    const clauses = [...this.leftOut].map(
      ([{ names }, { tags, types }]) =>
        `${[...tags].sort().map(shown).join(', ')} on ${[...types].sort().join(', ')} (${names?.words})`,
    );
    const message = `'tags' are left out where Azure does not take their names: ${clauses.sort().join('; ')}; rename them to have them there too`;
    if (clauses.length > 0) {
      warnOnce(workload, message);
    }
  }
}

function countProblem(resource: TerraformResource): string | false {
  const { node, terraformResourceType: type } = resource;
  const { tagsInput: tags, rawOverrides = {} }: Tagged = resource as object;
  const most = LIMITS.find(({ types }) => types.test(type))?.most;
  // an override is the last word, and not seen through the getter
  if (most === undefined || tags === undefined || Token.isUnresolved(tags) || 'tags' in rawOverrides) {
    return false;
  }
  const count = Object.keys(tags).length;
  return (
    count > most &&
    `${node.path}: 'tags' must be at most ${most} on ${type}, those of the workload included, got ${count}; give the workload, or this resource, fewer tags`
  );
}
