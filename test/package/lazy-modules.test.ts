import { withLazyExports, withLazyRequires } from '../../.projen/lazy-modules';

/** Runs a module as Node would; says what it exports, and what it has loaded so far. */
function run(code: string, modules: Record<string, object> = {}): { exports: any; loaded: string[] } {
  const loaded: string[] = [];
  const exports = {};
  const load = (name: string) => (loaded.push(name), modules[name]);
  new Function('exports', 'require', '__importStar', code)(exports, load, (module: object) => module);
  return { exports, loaded };
}

class Engine {
  readonly power = 7;
}

describe('a module that is imported', () => {
  const CODE = [
    '"use strict";',
    'const engine_1 = require("./engine");',
    'const path = __importStar(require("path"));',
    'const SYMBOL_1 = Symbol.for("x");',
    'exports.build = () => [new engine_1.Engine().power, { engine_1: 1 }.engine_1];',
    'exports.call = () => (0, engine_1.count)() + `${engine_1.Engine.name}`;',
  ].join('\n');
  const lazy = withLazyRequires(CODE);

  test('is loaded by the first that uses it, once', () => {
    const { exports, loaded } = run(lazy, { './engine': { Engine, count: () => 3 } });
    expect(loaded).toEqual(['path']);
    expect(exports.build()).toEqual([7, 1]);
    expect(exports.call()).toBe('3Engine');
    expect(loaded).toEqual(['path', './engine']);
  });

  test('what else a line says stays where it is', () => {
    expect(lazy.split('\n')).toHaveLength(CODE.split('\n').length);
    expect(lazy.split('\n').slice(2, 4)).toEqual(CODE.split('\n').slice(2, 4));
  });

  test('twice changes nothing', () => expect(withLazyRequires(lazy)).toBe(lazy));
});

describe('a module whose exports are passed on', () => {
  const CODE = [
    '"use strict";',
    'exports.own = 1;',
    '__exportStar(require("./engine"), exports);',
    '__exportStar(require("./types"), exports);',
    '__exportStar(require("./wheel"), exports);',
  ].join('\n');
  const MODULES: Record<string, object> = {
    './engine': { Engine, own: 2 },
    './types': {},
    './wheel': { Engine: 'another', wheel: 0 },
  };
  const lazy = withLazyExports(CODE, (module) => Object.keys(MODULES[module]));

  test('is loaded by the first who asks for one of its names; the first to export a name is meant', () => {
    const { exports, loaded } = run(lazy, MODULES);
    expect(Object.keys(exports).sort()).toEqual(['Engine', 'own', 'wheel']);
    expect(loaded).toEqual([]);
    expect([exports.wheel, exports.wheel, exports.own]).toEqual([0, 0, 1]);
    expect(loaded).toEqual(['./wheel']);
    expect(exports.Engine).toBe(Engine);
  });

  test('its names stand where Node looks for them', () => {
    expect(lazy.split('\n')[0]).toMatch(/^"use strict"; exports\.Engine = exports\.wheel = void 0;/);
    expect(lazy.split('\n')).toHaveLength(CODE.split('\n').length);
  });

  test('twice changes nothing', () => expect(withLazyExports(lazy, () => [])).toBe(lazy));
});
