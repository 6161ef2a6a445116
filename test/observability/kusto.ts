import { readFileSync } from 'fs';
import { runInThisContext } from 'vm';

/** What the language service of Kusto says of a query. */
export interface Verdict {
  /** Every complaint: errors, and warnings such as a table that nobody knows. */
  readonly complaints: string[];
  /** Columns of the result, with their types. */
  readonly columns: { readonly [name: string]: string };
}

/* The language service is JavaScript made from C#: a global, and collections of its own. */
interface List<T> {
  readonly Count: number;
  getItem(index: number): T;
}

let service: any;

/**
 * Its two scripts put a global `Kusto` into place. They run in the context of node itself: in that of jest, where each look at
 * a global goes a long way round, they take ten times as long.
 */
function language(): any {
  if (service === undefined) {
    for (const script of ['bridge.min', 'Kusto.Language.Bridge.min']) {
      const file = require.resolve(`@kusto/language-service-next/${script}`);
      runInThisContext(readFileSync(file, 'utf8'), { filename: file });
    }
    service = runInThisContext('Kusto').Language;
  }
  return service;
}

/** Parses queries and checks what they mean against tables, given as `name: type, …`. */
export function analyzerFor(tables: { readonly [name: string]: string }): (query: string) => Verdict {
  const { GlobalState, KustoCode, Symbols } = language();
  const symbols = Object.entries(tables).map(([name, columns]) => {
    // quoted, because a column may have the name of an operator
    const symbol = Symbols.TableSymbol.From(`(${columns.replace(/(\w+):/g, "['$1']:")})`).WithName(name);
    if (symbol.Columns.Count !== columns.split(',').length) {
      throw new Error(`the columns of ${name} cannot be read`);
    }
    return symbol;
  });
  const globals = GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.$ctor2('db', null, symbols));
  return (query) => {
    const code = KustoCode.ParseAndAnalyze(query, globals);
    const found = arrayOf<any>(code.GetDiagnostics());
    return {
      complaints: found.map(
        ({ Severity, Message, Start }) => `${Severity}: ${Message} (at "${query.substr(Start, 30)}")`,
      ),
      columns: Object.fromEntries(arrayOf<any>(code.ResultType.Columns).map(({ Name, Type }) => [Name, Type.Name])),
    };
  };
}

function arrayOf<T>(list: List<T>): T[] {
  return Array.from({ length: list.Count }, (_, index) => list.getItem(index));
}
