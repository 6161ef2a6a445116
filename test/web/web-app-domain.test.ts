import { Construct } from 'constructs';
import {
  DnsRecord,
  DnsRecordType,
  Environment,
  IDnsZone,
  IMonitored,
  SecureWebApp,
  SecureWebAppProps,
  WebAppRuntime,
  Workload,
} from '../../src';
import { Rendered, workloadIn } from '../support';

class Zone extends Construct implements IDnsZone {
  public readonly zoneName = 'example.com';
  public readonly asked: Array<[DnsRecordType, string, string[]]> = [];

  public addRecord(type: DnsRecordType, name: string, values: string[]): DnsRecord {
    this.asked.push([type, name, values]);
    return { terraformAddress: `azurerm_dns_${type.toLowerCase()}_record.${name.replace('.', '_')}` };
  }

  public addAlias(type: DnsRecordType, name: string, resourceId: string): DnsRecord {
    return this.addRecord(type, name, [resourceId]);
  }
}

const appIn = (workload: Workload, props: Partial<SecureWebAppProps> = {}) =>
  new SecureWebApp(workload, 'Api', { runtime: WebAppRuntime.dotnet('8.0'), publiclyReachable: true, ...props });

describe('defaults', () => {
  test('the name, its certificate and the tie between them', () => {
    const workload = workloadIn(Environment.DEV);

    appIn(workload).addDomain('api.example.com');

    const rendered = new Rendered(workload);
    expect(rendered.only('azurerm_app_service_custom_hostname_binding')).toMatchObject({
      hostname: 'api.example.com',
      lifecycle: { ignore_changes: ['ssl_state', 'thumbprint'] },
    });
    expect(rendered.only('azurerm_app_service_managed_certificate')).toMatchObject({
      custom_hostname_binding_id: expect.stringContaining('azurerm_app_service_custom_hostname_binding.'),
    });
    expect(rendered.only('azurerm_app_service_certificate_binding')).toMatchObject({ ssl_state: 'SniEnabled' });
  });

  test('the zone is asked for the proof and the way, and both come first', () => {
    const workload = workloadIn(Environment.DEV);
    const dnsZone = new Zone(workload, 'Zone');

    appIn(workload).addDomain('api.example.com', { dnsZone });

    expect(dnsZone.asked.map(([type, name]) => [type, name])).toEqual([
      ['TXT', 'asuid.api'],
      ['CNAME', 'api'],
    ]);
    expect(new Rendered(workload).only('azurerm_app_service_custom_hostname_binding').depends_on).toEqual([
      'azurerm_dns_txt_record.asuid_api',
      'azurerm_dns_cname_record.api',
    ]);
  });
});

describe('certificates', () => {
  const probed = (props: Partial<SecureWebAppProps> = {}) => {
    const workload = workloadIn(Environment.DEV);
    const watched: IMonitored[] = [];
    workload.addWatcher(
      Object.assign(new Construct(workload, 'Watcher'), { monitor: (one: IMonitored) => watched.push(one) }),
    );
    const app = appIn(workload, props);
    const domain = app.addDomain('api.example.com');
    return { app, announced: watched.includes(domain), urls: () => domain.toMonitoringTarget().healthUrls };
  };

  test('of a domain are looked at by the probe of the domain, which asks what the app is asked', () => {
    const { announced, urls } = probed({ healthCheckPath: '/up' });

    expect(announced).toBe(true);
    expect(urls()).toEqual({ Domain: 'https://api.example.com/up' });
    expect(probed({ unmonitored: true }).announced).toBe(false);
  });

  test('are not, where probes do not get in: a closed app, and one behind an edge', () => {
    const closed = probed({ publiclyReachable: false });
    expect([closed.announced, closed.urls()]).toEqual([false, undefined]);

    const { app, urls } = probed();
    app.bindEdge({ frontDoorGuid: '00000000-0000-0000-0000-000000000007', privateLink: false });
    expect(urls()).toBeUndefined();
  });
});

describe('fails', () => {
  test.each([
    ['*.example.com', `got "*.example.com"`],
    ['API.example.com', `got "API.example.com"`],
  ])('%s', (hostName, got) => {
    expect(() => appIn(workloadIn(Environment.DEV)).addDomain(hostName)).toThrow(
      `the domain must be a literal host name in lower case, without a wildcard, for which Azure issues no certificate; ${got}`,
    );
  });

  test('a zone itself, and a name outside of it', () => {
    const workload = workloadIn(Environment.DEV);
    const dnsZone = new Zone(workload, 'Zone');

    for (const hostName of ['example.com', 'api.example.org']) {
      expect(() => appIn(workloadIn(Environment.DEV)).addDomain(hostName, { dnsZone })).toThrow(
        `the domain must lie below the zone example.com, got "${hostName}"; a zone itself cannot have the CNAME that an app needs, let an edge serve it`,
      );
    }
  });
});
