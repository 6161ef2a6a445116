import {
  DnsRecordType,
  DnsZone,
  EdgeGateway,
  EdgeProbeMethod,
  EdgeTier,
  FirewallField,
  FirewallMatch,
  FirewallRuleAction,
  SecureWebApp,
  WebAppRuntime,
  Workload,
} from '../../../src';

const appIn = (workload: Workload, id: string) =>
  new SecureWebApp(workload, id, { runtime: WebAppRuntime.node('22-lts') });

/** An edge and a zone, as they are when nothing is said. */
export function plain(workload: Workload): void {
  new DnsZone(workload, 'EdgeZone', { zoneName: 'example.com' });
  new EdgeGateway(workload, 'Edge').addBackend('api', appIn(workload, 'EdgeApi'));
}

/** An edge and zones, with everything that adds something. */
export function loaded(workload: Workload): void {
  const zone = new DnsZone(workload, 'EdgeZone', {
    zoneName: 'example.com',
    contactEmail: 'hostmaster@example.com',
    certificateAuthorities: ['digicert.com', 'letsencrypt.org'],
    deletionProtection: true,
  });
  zone.addRecord(DnsRecordType.MX, '@', ['10 mail.example.net']);
  zone.addRecord(DnsRecordType.TXT, '@', ['v=spf1 include:spf.example.net -all', 'proof=1']);
  zone.addRecord(DnsRecordType.AAAA, 'office', ['2001:db8::1']);
  const shop = new DnsZone(workload, 'ShopZone', { zoneName: 'shop.example.com', parentZone: zone });

  const edge = new EdgeGateway(workload, 'Edge', {
    dnsZones: [zone, shop],
    responseHeaders: { 'Content-Security-Policy': "default-src 'self'", 'X-Frame-Options': 'SAMEORIGIN', Server: '' },
    responseTimeoutSeconds: 120,
    anonymousLogs: true,
    firewall: {
      detectOnly: true,
      requestsPerMinute: 600,
      signInPaths: ['/session'],
      signInRequestsPerMinute: 15,
      unlimitedAddresses: ['203.0.113.7'],
      blockedAddresses: ['198.51.100.0/24', '2001:db8::/32'],
      allowedAddresses: ['192.0.2.0/24'],
      allowedCountries: ['DE', 'AT', 'ZZ'],
      rules: {
        '942430': FirewallRuleAction.LOG,
        '941100': FirewallRuleAction.OFF,
        '99031001': FirewallRuleAction.SCORE,
        Bot300600: FirewallRuleAction.CHALLENGE,
      },
      exclusions: [
        { field: FirewallField.COOKIE, name: 'session', match: FirewallMatch.STARTS_WITH },
        { field: FirewallField.JSON, name: 'comment', ruleId: '942110' },
      ],
    },
  });
  edge
    .addBackend('api', appIn(workload, 'EdgeApi'), {
      domains: ['api.example.com'],
      immutablePaths: ['/schemas/*'],
      probeMethod: EdgeProbeMethod.GET,
      probeIntervalSeconds: 30,
      healthPath: '/health',
    })
    .addOrigin('spare', appIn(workload, 'EdgeSpare'), {
      priority: 2,
      weight: 1000,
      privateLinkLocation: 'North Europe',
    });
  edge.addFrontend('site', appIn(workload, 'EdgeSite'), {
    domains: ['example.com', 'www.example.com', 'shop.example.com'],
    privateLink: false,
  });
}

/** A zone that is somebody else's, and an edge without Microsoft's rules. */
export function borrowed(workload: Workload): void {
  const zone = DnsZone.fromAttributes(workload, 'EdgeZone', { zoneName: 'example.com', resourceGroupName: 'rg-dns' });
  const edge = new EdgeGateway(workload, 'Edge', { tier: EdgeTier.STANDARD });
  edge.addDomain('www.example.com', { dnsZone: zone });
  edge.addDomain('www.example.net');
  edge.addFrontend('site', appIn(workload, 'EdgeSite'));
}
