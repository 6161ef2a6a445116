import { isText, shown } from '../core/validation';

/** What azurerm 4.55 accepts; Azure's newer sizes (v6) are not among them. */
const FORM =
  /^(B_Standard_B((1|2|4|8|12|16|20)ms|2s)|GP_Standard_D((2|4|8|16|32|48|64)s_v3|(2|4|8|16|32|48|64)ds_v4|(2|4|8|16|32|48|64|96)a?ds_v5)|MO_Standard_E((2|4|8|16|20|32|48|64)s_v3|(2|4|6|8|16|20|32|48|64)ds_v4|(2|4|8|16|20|32|48|64|96)ds_v5|(2|4|8|16|32|48|64|96)ads_v5))$/;

/** Memory per vCore in GiB, by the letter of the family. */
const MEMORY = { B: 4, D: 4, E: 8 };

/** The two burstable sizes with less memory than the rule says. */
const SMALL: { readonly [name: string]: number } = { B_Standard_B1ms: 2, B_Standard_B2s: 4 };

/** Connections that Azure allows on the smallest size, and on the largest. */
const [FEWEST_CONNECTIONS, MOST_CONNECTIONS] = [50, 5000];

/**
 * Size of the machine that a server runs on; changing it restarts the server, behind the standby where there is one.
 */
export class PostgresSku {
  /** Burstable, 1 vCore, 2 GiB: the cheapest that runs; no standby, no replicas, no PgBouncer. */
  public static readonly B1MS = PostgresSku.of('B_Standard_B1ms');
  /** Burstable, 2 vCores, 4 GiB; no standby, no replicas, no PgBouncer. */
  public static readonly B2S = PostgresSku.of('B_Standard_B2s');
  /** General purpose, 2 vCores, 8 GiB. */
  public static readonly D2DS_V5 = PostgresSku.of('GP_Standard_D2ds_v5');
  /** General purpose, 4 vCores, 16 GiB. */
  public static readonly D4DS_V5 = PostgresSku.of('GP_Standard_D4ds_v5');
  /** General purpose, 8 vCores, 32 GiB. */
  public static readonly D8DS_V5 = PostgresSku.of('GP_Standard_D8ds_v5');
  /** General purpose, 16 vCores, 64 GiB. */
  public static readonly D16DS_V5 = PostgresSku.of('GP_Standard_D16ds_v5');
  /** Memory optimized, 2 vCores, 16 GiB. */
  public static readonly E2DS_V5 = PostgresSku.of('MO_Standard_E2ds_v5');
  /** Memory optimized, 4 vCores, 32 GiB. */
  public static readonly E4DS_V5 = PostgresSku.of('MO_Standard_E4ds_v5');
  /** Memory optimized, 8 vCores, 64 GiB. */
  public static readonly E8DS_V5 = PostgresSku.of('MO_Standard_E8ds_v5');

  /**
   * A size that this list does not have.
   *
   * @param name As Terraform spells it, e.g. `GP_Standard_D32ads_v5`; a literal.
   */
  public static of(name: string): PostgresSku {
    return new PostgresSku(name);
  }

  /** Whether it is burstable: cheap, with credits, and without standby, replicas and PgBouncer. */
  public readonly burstable: boolean;
  /** Memory in GiB. */
  public readonly memoryGib: number;
  /** Connections that Azure allows, unless the parameter `max_connections` says otherwise. */
  public readonly maxConnections: number;

  private constructor(
    /** Name, as Terraform spells it. */
    public readonly name: string,
  ) {
    const [, family = 'D', cores = '0'] = /_Standard_([BDE])(\d+)/.exec(name) ?? [];
    this.burstable = `${name}`.startsWith('B_');
    this.memoryGib = SMALL[name] ?? Number(cores) * MEMORY[family as keyof typeof MEMORY];
    this.maxConnections =
      this.memoryGib <= 2
        ? FEWEST_CONNECTIONS
        : Math.min(MOST_CONNECTIONS, Math.floor((this.memoryGib * 55_000) / 512));
  }

  /** What is wrong with the name, as a clause for `rejectIf()`.
   * @internal */
  public get _problem(): string | false {
    return (
      !isText(this.name, FORM) &&
      `'sku' must be a size that Terraform knows, e.g. GP_Standard_D4ds_v5, got ${shown(this.name)}; sizes end at v5`
    );
  }
}
