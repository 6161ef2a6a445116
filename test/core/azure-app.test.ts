import * as fs from 'fs';
import * as path from 'path';
import { LinuxWebApp } from '@cdktf/provider-azurerm/lib/linux-web-app';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { App, Fn, Lazy, TerraformOutput, TerraformStack, TerraformVariable, Token } from 'cdktf';
import * as fc from 'fast-check';
import { AzureProviders, Environment, ManagedIdentity } from '../../src';
import { AzureApp } from '../../src/core/azure-app';
import { withQuickResolve } from '../../src/core/faster-cdktf';
import { resolvedIn } from '../../src/core/validation';
import { asItIs } from '../support/quickly';
import { scratch } from '../support/scratch';
import { workloadOn } from '../support/workload';

// the comparison is with what cdktf does by itself
asItIs();

let outdir: string;
beforeEach(() => {
  outdir = scratch('azure-app');
});

/** Whatever cdktf has a way of its own to render. */
function program(app: App): void {
  const [shared, web] = ['shared', 'web'].map((id) => {
    const stack = new TerraformStack(app, id);
    new AzureProviders(stack, 'Providers');
    return stack;
  });
  const workload = workloadOn(shared, 'Shop', { environment: Environment.PROD });
  const identity = new ManagedIdentity(workload, 'Identity');
  const replicas = new TerraformVariable(web, 'replicas', { type: 'number', default: 1e21 });
  const group = new ResourceGroup(web, 'Group', {
    name: Fn.join('-', ['rg', identity.clientId]),
    location: 'westeurope',
    tags: { '1e5': '12e4', 'a{b': 'c}', [Token.asString(replicas.value)]: '${literal}', below: '-1' },
  });
  const site = new LinuxWebApp(web, 'Site', {
    name: 'site',
    location: group.location,
    resourceGroupName: group.name,
    servicePlanId: 'plan',
    siteConfig: {
      workerCount: replicas.numberValue,
      healthCheckEvictionTimeInMin: -1,
      defaultDocuments: Lazy.listValue({ produce: () => ['a', 'b'] }),
    },
    identity: { type: 'UserAssigned', identityIds: [identity.identityId] },
    tags: Token.asStringMap(Fn.merge([group.tags, { a: 'b' }])),
    lifecycle: { ignoreChanges: ['tags'] },
  });
  site.addOverride('site_config.0.always_on', null);
  site.addOverride('app_settings', { EMPTY: {}, LIST: [undefined, null, [], '', 0, false], GROUP: group.id });
  new TerraformOutput(web, 'out', { value: { list: [site.id, 1, true], map: site.tags } });
  web.addOverride('terraform.required_version', '>= 1.11');
}

/** Everything an app writes, by file. */
function written(define: () => App): Record<string, string> {
  const app = define();
  program(app);
  app.synth();
  const files = fs.readdirSync(outdir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => [name, fs.readFileSync(path.join(parentPath, name), 'utf8')]),
  );
}

describe('defaults', () => {
  test('writes the same bytes as an App', () => {
    const expected = written(() => new App({ outdir }));

    expect(written(() => new AzureApp({ outdir }))).toEqual(expected);
    expect(written(() => new AzureApp({ outdir, tokenStackTraces: true }))).toEqual(expected);
    expect(Object.values(expected).join()).toContain('azurerm_linux_web_app');
  });

  test('is an App, with the props of one', () => {
    const app = new AzureApp({ outdir, context: { answer: 42 } });

    expect(App.isApp(app)).toBe(true);
    expect([app.outdir, app.node.getContext('answer')]).toEqual([outdir, 42]);
  });

  test('records stack traces of tokens only when asked to', () => {
    jest.isolateModules(() => {
      // Without what switches them off in our tests
      /* eslint-disable @typescript-eslint/no-require-imports */
      const recorder = require('cdktf/lib/tokens/private/stack-trace');
      const captureStackTrace = () => ['here'];
      recorder.captureStackTrace = captureStackTrace;
      const { AzureApp: Isolated } = require('../../src/core/azure-app');
      const { Token: IsolatedToken } = require('cdktf');
      /* eslint-enable @typescript-eslint/no-require-imports */
      const recorded = () => IsolatedToken.asAny({}).creationStack;

      new Isolated({ outdir });
      expect(recorded()).toEqual([]);
      new Isolated({ outdir, tokenStackTraces: true });
      expect(recorded()).toEqual(['here']);
      expect(recorder.captureStackTrace).toBe(captureStackTrace);
      new Isolated({ outdir });
      expect(recorded()).toEqual([]);
    });
  });

  test('resolves as cdktf does, whatever the value', () => {
    const stack = new TerraformStack(new App({ outdir }), 'stack');
    const token = new TerraformVariable(stack, 'variable', {});
    const leaf = fc.oneof(
      fc.string(),
      fc.double(),
      fc.integer(),
      fc.constantFrom(undefined, null, true, '1e5', '-1.5e+3', '${x}', 'a}b', '{', '%{ if x }'),
      fc.constantFrom(token.stringValue, token.numberValue, token.listValue, token.value, token.booleanValue),
      fc.constantFrom(`a-${token.stringValue}-b`, [token.numberValue, -1], Token.asStringMap(token.value)),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('1e5', 'resolve', token.stringValue)), tie('tree'), {
          maxKeys: 4,
          noNullPrototype: true,
        }),
      ),
    }));
    const outcome = (value: unknown) => {
      try {
        return resolvedIn(stack, value);
      } catch (error) {
        return (error as Error).message;
      }
    };

    fc.assert(
      fc.property(tree, (value) => {
        const expected = outcome(value);
        let quick: unknown;
        withQuickResolve(() => (quick = outcome(value)));
        expect(quick).toEqual(expected);
        expect(JSON.stringify(quick)).toBe(JSON.stringify(expected));
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

describe('fails', () => {
  test('for two constructs with one address, also outside of a workload', () => {
    const app = new AzureApp({ outdir });
    const stack = new TerraformStack(app, 'web');
    new AzureProviders(stack, 'Providers');
    ['a.b', 'ab'].forEach((id) => new ResourceGroup(stack, id, { name: id, location: 'westeurope' }));

    expect(() => app.synth()).toThrow('web/a.b and web/ab have the same address azurerm_resource_group.ab');
  });

  test('for two stacks with one folder', () => {
    const app = new AzureApp({ outdir });
    const outer = new TerraformStack(app, 'outer');
    new TerraformStack(app, 'web');
    new TerraformStack(outer, 'web');

    expect(() => app.synth()).toThrow(
      'web: the stack outer/web is written to the same folder, stacks/web; give one of them another id',
    );
  });

  test.each([false, true])('readably, where a value cannot be computed; tokenStackTraces: %s', (tokenStackTraces) => {
    const app = new AzureApp({ outdir, tokenStackTraces });
    const stack = new TerraformStack(app, 'web');
    new AzureProviders(stack, 'Providers');
    const name = Lazy.stringValue({
      produce: () => {
        throw new Error('the name of the team is not known yet');
      },
    });
    new ResourceGroup(stack, 'Group', { name, location: 'westeurope' });

    expect(() => app.synth()).toThrow('the name of the team is not known yet');
  });

  test('and leaves cdktf as it was', () => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const internals = require('cdktf/lib/tokens/private/resolve');
    const { resolve } = internals;
    const seen: unknown[] = [];

    expect(() =>
      withQuickResolve(() => {
        seen.push(internals.resolve);
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(seen[0]).not.toBe(resolve);
    expect(internals.resolve).toBe(resolve);
  });
});

describe('another cdktf', () => {
  afterEach(() => jest.dontMock('cdktf/package.json').dontMock('cdktf/lib/tokens/private/stack-trace'));

  test('is left alone', () => {
    jest.isolateModules(() => {
      jest.doMock('cdktf/package.json', () => ({ version: '0.24.0' }));
      jest.doMock('cdktf/lib/tokens/private/stack-trace', () => Object.freeze({ captureStackTrace: () => [] }));
      /* eslint-disable @typescript-eslint/no-require-imports */
      const faster = require('../../src/core/faster-cdktf');
      const internals = require('cdktf/lib/tokens/private/resolve');
      /* eslint-enable @typescript-eslint/no-require-imports */
      const { resolve } = internals;
      let during: unknown;

      expect(() => faster.switchTokenStackTraces(false)).not.toThrow();
      faster.withQuickResolve(() => (during = internals.resolve));
      expect(during).toBe(resolve);
    });
  });
});
