import { Environment } from '../../src';
import { edgeIn } from '../edge/edge-fixtures';
import { Rendered, workloadIn } from '../support';
import { stackIn, Widget } from './fixtures';

const WEB_TEST = 'azurerm_application_insights_standard_web_test';

/** A workload that is asked at so many addresses, at two of them for the certificate too. */
function asked(count: number) {
  const workload = workloadIn(Environment.DEV);
  const addresses = (n: number, scheme: string) =>
    Object.fromEntries(Array.from({ length: n }, (_, i) => [`H${i}`, `${scheme}://one.example.com/${i}`]));
  new Widget(workload, 'many', { healthUrls: addresses(count - 5, 'https') });
  new Widget(workload, 'few', { healthUrls: addresses(2, 'https') });
  new Widget(workload, 'one', { healthUrls: addresses(1, 'http') });
  new Widget(workload, 'none');
  return workload;
}

describe('availability tests', () => {
  test('are refused beyond the 100 that a component takes', () => {
    const good = asked(100);
    stackIn(good);
    expect(new Rendered(good).all(WEB_TEST)).toHaveLength(100);

    const bad = asked(101);
    stackIn(bad);
    expect(() => new Rendered(bad)).toThrow(
      `[stack/Billing/Observability] 101 availability tests, but Application Insights takes 100 of a component; most are of many (97), few (3), one (1): disable some in 'alerts', e.g. '*/Certificate': { disabled: true }, or set 'unmonitored' on an EdgeGateway, SecureWebApp or StaticSite, which leaves out its domains as well`,
    );
  });

  test('are fewer where some are disabled', () => {
    const workload = asked(101);
    stackIn(workload, { alerts: { '*/Certificate': { disabled: true } } });
    expect(new Rendered(workload).all(WEB_TEST)).toHaveLength(99);
  });
});

test('an edge with many domains is told what to do, and does it', () => {
  const edgeOf = (unmonitored: boolean) => {
    const { workload, edge, origin } = edgeIn(Environment.DEV, { unmonitored });
    const domains = Array.from({ length: 51 }, (_, i) => `www${i}.example.com`);
    edge.addBackend('api', origin('api'), { domains });
    stackIn(workload);
    return workload;
  };
  expect(() => new Rendered(edgeOf(false))).toThrow('102 availability tests, but Application Insights takes 100');
  expect(() => new Rendered(edgeOf(true))).not.toThrow();
});
