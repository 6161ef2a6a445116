// What each environment may cost, who hears of it when it costs more, and an app that shrinks at night.
import {
  AzureProviders,
  BudgetScope,
  CostBudget,
  CostGrouping,
  Environment,
  SecureWebApp,
  WebAppRuntime,
  Weekday,
  Workload,
} from 'azure-platform-constructs';
import { App, TerraformStack } from 'cdktf';

const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000001';
const AMOUNTS = { dev: 300, prod: 4000 };

const app = new App();

for (const environment of [Environment.DEV, Environment.PROD]) {
  const stack = new TerraformStack(app, `cost-budget-${environment.name}`);
  new AzureProviders(stack, 'Providers', { environment });

  const workload = new Workload(stack, 'Reports', {
    name: 'reports',
    environment,
    location: 'westeurope',
    owner: 'team-reports',
    costCenter: '4716',
    organization: 'example.com',
  });
  const night = {
    days: Object.values(Weekday),
    from: '20:00',
    to: '06:00',
    timeZone: 'Europe/Berlin',
    minInstances: 2,
    maxInstances: 4,
  };
  new SecureWebApp(workload, 'Api', {
    publiclyReachable: true,
    runtime: WebAppRuntime.node('22-lts'),
    schedules: environment.profile.maxInstances > 1 ? { night } : undefined,
  });

  const contacts = { startMonth: '2026-11', contactEmails: ['finance@example.com'] };
  new CostBudget(workload, 'Budget', { ...contacts, amount: AMOUNTS[environment.name as keyof typeof AMOUNTS] });

  if (environment === Environment.PROD) {
    const whole = new CostBudget(workload, 'Subscription', {
      ...contacts,
      amount: 9000,
      scope: BudgetScope.subscription(SUBSCRIPTION),
      actionGroupIds: [`${SUBSCRIPTION}/resourceGroups/rg-shared/providers/Microsoft.Insights/actionGroups/ag-finance`],
    });
    whole.addView('tenants', {
      groupBy: CostGrouping.TENANT,
      report: { firstDay: '2026-11-02', lastDay: '2027-11-01', weekday: Weekday.MONDAY },
    });
  }
}

app.synth();
