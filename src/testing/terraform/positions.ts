/** Names and indexes that lead to a value of a JSON document. */
export type JsonPath = (string | number)[];

interface Span {
  readonly from: number;
  to: number;
  readonly path: JsonPath;
}

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const OPEN = { object: 0x7b, array: 0x5b };
const CLOSE = { object: 0x7d, array: 0x5d };

/** Knows where the values of a JSON document stand, in both directions. The document must be valid. */
export class Positions {
  private readonly bytes: Buffer;
  private readonly spans: Span[] = [];
  private at = 0;

  constructor(text: string) {
    // terraform counts bytes
    this.bytes = Buffer.from(text);
  }

  /** Path to the innermost value, or key, at an offset in bytes. */
  public pathAt(offset: number): JsonPath {
    let innermost: JsonPath = [];
    for (const { from, to, path } of this.scanned()) {
      if (from <= offset && offset < to && path.length >= innermost.length) {
        innermost = path;
      }
    }
    return innermost;
  }

  /** Line on which the value at a path begins, or the closest one around it. */
  public lineOf(path: JsonPath): number {
    for (let length = path.length; length > 0; length--) {
      const wanted = JSON.stringify(path.slice(0, length));
      const span = this.scanned().find((s) => s.path.length === length && JSON.stringify(s.path) === wanted);
      if (span) {
        return this.bytes.subarray(0, span.from).toString().split('\n').length;
      }
    }
    return 1;
  }

  // most stacks have no findings, and nobody asks
  private scanned(): Span[] {
    if (this.spans.length === 0) {
      this.value([]);
    }
    return this.spans;
  }

  private value(path: JsonPath): void {
    this.space();
    const span = { from: this.at, to: this.at, path };
    this.spans.push(span);
    switch (this.bytes[this.at]) {
      case OPEN.object:
        this.items(CLOSE.object, () => {
          const from = this.at;
          const inner = [...path, this.string()];
          this.spans.push({ from, to: this.at, path: inner });
          this.space();
          this.at++;
          this.value(inner);
        });
        break;
      case OPEN.array:
        let index = 0;
        this.items(CLOSE.array, () => this.value([...path, index++]));
        break;
      case QUOTE:
        this.string();
        break;
      default:
        while (/[\w.+-]/.test(String.fromCharCode(this.bytes[this.at]))) {
          this.at++;
        }
    }
    span.to = this.at;
  }

  private items(close: number, item: () => void): void {
    this.at++;
    for (this.space(); this.bytes[this.at] !== close; this.space()) {
      if (this.bytes[this.at] === COMMA) {
        this.at++;
        this.space();
      }
      item();
    }
    this.at++;
  }

  private string(): string {
    const from = this.at++;
    while (this.bytes[this.at] !== QUOTE) {
      this.at += this.bytes[this.at] === BACKSLASH ? 2 : 1;
    }
    return JSON.parse(this.bytes.subarray(from, ++this.at).toString());
  }

  private space(): void {
    while (this.bytes[this.at] <= 0x20) {
      this.at++;
    }
  }
}
