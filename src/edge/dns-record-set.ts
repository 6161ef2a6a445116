import { DnsARecord } from '@cdktf/provider-azurerm/lib/dns-a-record';
import { DnsAaaaRecord } from '@cdktf/provider-azurerm/lib/dns-aaaa-record';
import { DnsCaaRecord } from '@cdktf/provider-azurerm/lib/dns-caa-record';
import { DnsCnameRecord } from '@cdktf/provider-azurerm/lib/dns-cname-record';
import { DnsMxRecord } from '@cdktf/provider-azurerm/lib/dns-mx-record';
import { DnsNsRecord } from '@cdktf/provider-azurerm/lib/dns-ns-record';
import { DnsTxtRecord } from '@cdktf/provider-azurerm/lib/dns-txt-record';
import { conditional, Fn, Lazy, Op, TerraformResource, Token } from 'cdktf';
import { Construct } from 'constructs';
import { DnsRecordOptions, DnsRecordType } from '../contracts/dns';
import { isComputed, resolvedIn } from '../core/validation';
import { authorityOf, exchangeOf } from './dns-record-rules';

const { A, AAAA, CAA, CNAME, MX, NS, TXT } = DnsRecordType;

/** Seconds: what leads to services is short, so that a failover is seen soon. */
const TIME_TO_LIVE = { [A]: 300, [AAAA]: 300, [CAA]: 3600, [CNAME]: 300, [MX]: 3600, [NS]: 3600, [TXT]: 3600 };

/** Likewise, for what Azure waits for. */
const PROOF_TIME_TO_LIVE = 300;

/** Stands where the token was, once Azure has emptied it: a record must not be empty. */
const SPENT = 'validated';

/** An empty text; given as it is, cdktf writes `undefined`. */
const EMPTY = Fn.rawString('');

/** Where a record set is. */
export interface RecordPlace {
  /** Construct that holds the record sets of the zone. */
  readonly scope: Construct;
  /** Name of the zone, as its records refer to it. */
  readonly zone: string;
  readonly resourceGroupName: string;
}

interface Wish {
  readonly value: string;
  readonly provesOwnership: boolean;
}

/**
 * All that was asked for under one name and type, and so one resource: Azure keeps one record set of a name and type.
 */
export class DnsRecordSet {
  public readonly resource: TerraformResource;

  private wishes: Wish[] = [];
  private readonly lists: string[][] = [];
  private readonly dependencies = new Set<string>();
  private readonly targets: string[] = [];
  private timeToLive: number;

  constructor(
    private readonly place: RecordPlace,
    public readonly type: DnsRecordType,
    public readonly name: string,
    { provesOwnership }: DnsRecordOptions,
  ) {
    this.timeToLive = provesOwnership ? PROOF_TIME_TO_LIVE : TIME_TO_LIVE[type];
    this.resource = this.define(`${type}-${name}`);
  }

  /** Adds values; those that are there already change nothing. */
  public add(values: string[], { provesOwnership = false, ...options }: DnsRecordOptions): void {
    if (Token.isUnresolved(values)) {
      this.lists.push(values);
    } else {
      this.wishes.push(...values.map((value) => ({ value, provesOwnership })));
    }
    this.keep({
      ...options,
      timeToLiveSeconds: options.timeToLiveSeconds ?? (provesOwnership ? PROOF_TIME_TO_LIVE : undefined),
    });
    // in a set with other values the guard has to do: what is ignored can never change again
    const onlyProofs = this.wishes.length > 0 && this.wishes.every((wish) => wish.provesOwnership);
    this.resource.lifecycle = onlyProofs ? { ignoreChanges: ['record'], replaceTriggeredBy: this.proven() } : undefined;
  }

  /** Takes a value back, and says whether nothing is left. */
  public drop(value: string): boolean {
    this.wishes = this.wishes.filter((wish) => wish.value !== value);
    return this.wishes.length === 0;
  }

  /** Makes this an alias. */
  public lead(resourceId: string, options: DnsRecordOptions): void {
    this.targets.push(resourceId);
    this.keep(options);
  }

  /** Azure resource ids that this leads to, as Terraform reads them: none, or one, or a mistake. */
  public get aliases(): string[] {
    return [...new Set(this.targets.map((target) => this.text(target)))];
  }

  /** Whether this has values of its own. */
  public get hasValues(): boolean {
    return this.wishes.length > 0 || this.lists.length > 0;
  }

  /** The values as Terraform reads them, each once, sorted. */
  public get texts(): string[] {
    return this.values().map(({ text }) => text);
  }

  private keep({ timeToLiveSeconds, after = [] }: DnsRecordOptions): void {
    if (timeToLiveSeconds !== undefined) {
      this.timeToLive = isComputed(timeToLiveSeconds)
        ? timeToLiveSeconds
        : Math.min(this.timeToLive, timeToLiveSeconds);
    }
    after.forEach((address) => this.dependencies.add(address));
    if (this.dependencies.size > 0) {
      this.resource.dependsOn = [...this.dependencies].sort();
    }
  }

  private define(id: string): TerraformResource {
    const { scope, zone: zoneName, resourceGroupName } = this.place;
    const common = {
      name: this.name,
      zoneName,
      resourceGroupName,
      ttl: Lazy.numberValue({ produce: () => this.timeToLive }),
    };
    const targetResourceId = Lazy.stringValue({ produce: () => this.targets[0] });
    const records = Lazy.listValue({ produce: () => this.list() });
    switch (this.type) {
      case A:
        return new DnsARecord(scope, id, { ...common, records, targetResourceId });
      case AAAA:
        return new DnsAaaaRecord(scope, id, { ...common, records, targetResourceId });
      case CAA:
        return new DnsCaaRecord(scope, id, { ...common, record: this.blocks(authorityOf) });
      case CNAME:
        return new DnsCnameRecord(scope, id, {
          ...common,
          record: Lazy.stringValue({ produce: () => this.values()[0]?.value }),
          targetResourceId,
        });
      case MX:
        return new DnsMxRecord(scope, id, { ...common, record: this.blocks(exchangeOf) });
      case NS:
        return new DnsNsRecord(scope, id, { ...common, records });
      case TXT:
        return new DnsTxtRecord(scope, id, { ...common, record: this.blocks((value) => ({ value })) });
    }
  }

  private blocks(blockOf: (value: string) => object) {
    return Lazy.anyValue({ produce: () => this.values().map(({ value }) => blockOf(value)) });
  }

  private list(): string[] | undefined {
    const values = this.values().map(({ value }) => value);
    const lists = values.length > 0 ? [...this.lists, values] : this.lists;
    if (this.lists.length === 0) {
      return values.length > 0 ? values : undefined;
    }
    return lists.length === 1 ? lists[0] : Fn.distinct(Fn.concat(lists));
  }

  private values(): Array<{ value: string; text: string }> {
    const byText = new Map<string, string>();
    for (const { value, provesOwnership } of this.wishes) {
      const guarded = provesOwnership && isComputed(value) ? spentOr(value) : value;
      byText.set(this.text(guarded), guarded);
    }
    return [...byText].map(([text, value]) => ({ text, value })).sort((a, b) => (a.text < b.text ? -1 : 1));
  }

  /** Addresses of what is proved: made anew, it has another token, which would be ignored as well. */
  private proven(): string[] | undefined {
    const found = this.wishes.flatMap(({ value }) => [...this.text(value).matchAll(/\bazurerm_\w+\.[\w-]+(?=\.)/g)]);
    return found.length > 0 ? [...new Set(found.map(([address]) => address))].sort() : undefined;
  }

  private text(value: string): string {
    return String(resolvedIn(this.place.scope, value));
  }
}

function spentOr(token: string): string {
  return Token.asString(conditional(Op.eq(token, EMPTY), SPENT, token));
}
