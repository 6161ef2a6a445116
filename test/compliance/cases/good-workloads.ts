import { Attributes } from '../../../src/compliance/values';
import { Good } from '../raw';

const SECURE = {
  privileged: false,
  allow_privilege_escalation: false,
  read_only_root_filesystem: true,
  capabilities: { drop: ['ALL'] },
};

const CONTAINER = {
  name: 'api',
  image: 'registry.example.com:5000/api@sha256:0123',
  resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '1', memory: '64Mi' } },
  liveness_probe: { http_get: { path: '/live' } },
  readiness_probe: { http_get: { path: '/ready' } },
  security_context: SECURE,
  env: [{ name: 'LEVEL', value: 'info' }],
  port: [{ container_port: 8080 }],
};

const POD = {
  host_pid: false,
  host_ipc: false,
  host_network: false,
  container: [CONTAINER],
  init_container: [{ ...CONTAINER, name: 'migrate' }],
  volume: [{ name: 'tmp', empty_dir: {} }],
};

/** Where each kind of workload describes its pods. */
export const POD_PATHS: { [type: string]: string } = {
  ...kinds('spec', 'pod'),
  ...kinds('spec.template.spec', 'deployment', 'stateful_set', 'job', 'replication_controller'),
  kubernetes_daemonset: 'spec.template.spec',
  kubernetes_daemon_set_v1: 'spec.template.spec',
  ...kinds('spec.job_template.spec.template.spec', 'cron_job'),
};

const METADATA = { name: 'api', namespace: 'billing' };

const named = (attributes: Attributes = {}): Good => ({ attributes: { metadata: METADATA, ...attributes } });

/** One resource of each type that keeps every rule for it. */
export const GOOD_WORKLOADS: { [type: string]: Good } = {
  ...Object.fromEntries(
    Object.entries(POD_PATHS).map(([type, path]) => [
      type,
      named(path.split('.').reduceRight<Attributes>((inner, key) => ({ [key]: inner }), POD)),
    ]),
  ),
  ...Object.fromEntries(
    ['config_map', 'ingress', 'secret'].flatMap((kind) =>
      [`kubernetes_${kind}`, `kubernetes_${kind}_v1`].map((type) => [type, named()]),
    ),
  ),
  ...both('service', named({ spec: { selector: { app: 'api' } } })),
  ...both('service_account', {
    attributes: { metadata: { name: 'default', namespace: 'billing' }, automount_service_account_token: false },
  }),
  ...both('role_binding', named({ subject: [{ kind: 'ServiceAccount', name: 'api' }] })),
  ...both('cluster_role_binding', named({ subject: [{ kind: 'ServiceAccount', name: 'api' }] })),
  ...both('role', named({ rule: [{ api_groups: [''], resources: ['pods'], verbs: ['get'] }] })),
  ...both('cluster_role', named({ rule: [{ api_groups: [''], resources: ['pods'], verbs: ['get'] }] })),
};

function kinds(path: string, ...names: string[]): { [type: string]: string } {
  return Object.fromEntries(
    names.flatMap((name) => [
      [`kubernetes_${name}`, path],
      [`kubernetes_${name}_v1`, path],
    ]),
  );
}

function both(kind: string, good: Good): { [type: string]: Good } {
  return { [`kubernetes_${kind}`]: good, [`kubernetes_${kind}_v1`]: good };
}
