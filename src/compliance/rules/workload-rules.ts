import { allOf, anyOf, at, Check, custom, forEach, strictest, unless, when } from '../checks';
import { operations, OwnRule, reliability, security } from '../family';
import { everyEntry, hasAny, hasNone, is, isNot, isSet, isUnset, matches, orUnset } from '../predicates';
import { RuleSeverity, Verdict } from '../rule';
import { Attributes, blocksAt, COMPUTED, isComputed, valuesAt } from '../values';

const { CRITICAL, IMPORTANT, AWARENESS } = RuleSeverity;

/** Where each kind of workload describes its pods. */
const POD_PATHS: { [path: string]: string[] } = {
  spec: ['pod'],
  'spec.template.spec': ['deployment', 'stateful_set', 'daemonset', 'daemon_set', 'job', 'replication_controller'],
  'spec.job_template.spec.template.spec': ['cron_job'],
};

/** What the provider does not have, since it spells daemon sets in two ways. */
const MISSING = ['kubernetes_daemonset_v1', 'kubernetes_daemon_set'];

/** Both spellings of a type of the Kubernetes provider; the one without a version is older. */
const kinds = (...names: string[]) =>
  names.flatMap((name) => [`kubernetes_${name}`, `kubernetes_${name}_v1`]).filter((type) => !MISSING.includes(type));

const PODS = kinds(...Object.values(POD_PATHS).flat());
const SERVED = PODS.filter((type) => !/_(job|cron_job)(_v1)?$/.test(type));

const podPathOf = (type: string) =>
  Object.keys(POD_PATHS).find((path) => kinds(...POD_PATHS[path]).includes(type)) ?? 'spec';

/** A requirement on the pods of a workload. */
function pod(check: Check): Check {
  return within('', check, (spec) => [spec]);
}

/** A requirement on every container, those that run first included. */
function containers(check: Check): Check {
  return within('container.', check, ({ container, init_container: first }) => [container, first].flat());
}

/** A requirement on every container that keeps running. */
function running(check: Check): Check {
  return within('container.', check, ({ container }) => [container].flat());
}

function within(prefix: string, check: Check, partsOf: (spec: Attributes) => unknown[]): Check {
  const path = `{pod}.${prefix}`;
  return custom(
    `${prefix && 'every container: '}${check.wanted}`,
    check.paths.map((one) => path + one),
    (resource) => {
      const specs = blocksAt(resource.attributes, podPathOf(resource.type));
      const parts = specs.flatMap((spec) => (isComputed(spec) ? [COMPUTED] : partsOf(spec as Attributes)));
      const known = parts.filter((part) => part !== undefined && part !== null);
      return forEach('part', check).judge({ ...resource, attributes: { part: known } });
    },
  );
}

const RUNTIME_SOCKET = /^(\/var)?\/run\/(docker|containerd\/containerd|crio\/crio)\.sock$/;
const TAGGED = /^(?!.*:latest$).*(:[^/]+|@sha256:[0-9a-f]+)$/;

const LABELS_WITHOUT_TILLER = allOf(
  ...['metadata', 'spec.template.metadata'].flatMap((path) => [
    at(`${path}.labels.app`, isNot('helm')),
    at(`${path}.labels.name`, isNot('tiller')),
  ]),
);

const SELECTOR_WITHOUT_TILLER = custom('spec.selector of others than tiller', ['spec.selector'], ({ attributes }) => {
  const values = valuesAt(attributes, 'spec.selector').flatMap((one) =>
    isComputed(one) ? [one] : Object.values(one ?? {}),
  );
  return strictest(
    values.map((one) => everyEntry('', (text) => !/tiller/i.test(text)).judge(one)).concat(Verdict.COMPLIANT),
  );
});

const NO_SECRETS_IN_ENVIRONMENT = custom(
  'no env.value_from.secret_key_ref and no env_from.secret_ref',
  ['env.value_from.secret_key_ref', 'env_from.secret_ref'],
  ({ attributes }) => {
    const values = ['env.value_from.secret_key_ref', 'env_from.secret_ref'].flatMap((path) =>
      valuesAt(attributes, path),
    );
    return values.some((value) => typeof value === 'object')
      ? Verdict.VIOLATED
      : values.some(isComputed)
        ? Verdict.CANNOT_BE_CHECKED
        : Verdict.COMPLIANT;
  },
);

const OFF = orUnset(is(false));

/** Workloads on Kubernetes, typed by the Kubernetes provider. */
// prettier-ignore
export const WORKLOAD_RULES: OwnRule[] = [
  reliability('K8S-001', SERVED, IMPORTANT, 'a container that hangs is restarted',
    running(at('liveness_probe', isSet())), 'CKV_K8S_8'),
  reliability('K8S-002', SERVED, IMPORTANT, 'a container that is not ready gets no requests',
    running(at('readiness_probe', isSet())), 'CKV_K8S_9'),
  reliability('K8S-003', PODS, IMPORTANT, 'the scheduler knows what CPU a container needs',
    containers(at('resources.requests.cpu', isSet())), 'CKV_K8S_10'),
  reliability('K8S-004', PODS, AWARENESS, 'a container cannot take the CPU of others',
    containers(at('resources.limits.cpu', isSet())), 'CKV_K8S_11'),
  reliability('K8S-005', PODS, IMPORTANT, 'a container cannot take the memory of others',
    containers(at('resources.limits.memory', isSet())), 'CKV_K8S_12'),
  reliability('K8S-006', PODS, IMPORTANT, 'the scheduler knows what memory a container needs',
    containers(at('resources.requests.memory', isSet())), 'CKV_K8S_13'),
  reliability('K8S-007', PODS, IMPORTANT, 'the version of an image is fixed',
    containers(at('image', matches(TAGGED, 'with a tag other than latest, or a digest'))), 'CKV_K8S_14'),
  operations('K8S-008', PODS, AWARENESS, 'an image that can change under its name is pulled again',
    containers(anyOf(
      at('image_pull_policy', is('Always')),
      allOf(at('image_pull_policy', isUnset()), at('image', matches(/@|:latest$/, 'with a digest, or latest'))),
    )), 'CKV_K8S_15'),
  security('K8S-009', PODS, CRITICAL, 'containers are not privileged',
    containers(at('security_context.privileged', OFF)), 'CKV_K8S_16'),
  security('K8S-010', PODS, CRITICAL, 'pods do not see the processes of the node',
    pod(at('host_pid', OFF)), 'CKV_K8S_17'),
  security('K8S-011', PODS, CRITICAL, 'pods do not share memory with the node',
    pod(at('host_ipc', OFF)), 'CKV_K8S_18'),
  security('K8S-012', PODS, CRITICAL, 'pods do not share the network of the node',
    pod(at('host_network', OFF)), 'CKV_K8S_19'),
  security('K8S-013', PODS, CRITICAL, 'processes gain no privileges',
    containers(at('security_context.allow_privilege_escalation', is(false))), 'CKV_K8S_20'),
  security('K8S-014', kinds('config_map', 'cron_job', 'daemonset', 'daemon_set', 'deployment', 'ingress', 'job', 'pod',
    'replication_controller', 'role_binding', 'secret', 'service', 'service_account', 'stateful_set'),
    AWARENESS, 'it lives in a namespace of its own',
    at('metadata.namespace', matches(/^(?!default$)./, 'other than default')), 'CKV_K8S_21'),
  security('K8S-015', PODS, IMPORTANT, 'the file system is read-only',
    containers(at('security_context.read_only_root_filesystem', is(true))), 'CKV_K8S_22'),
  security('K8S-016', PODS, CRITICAL, 'no capabilities are added',
    containers(at('security_context.capabilities.add', everyEntry('empty', () => false))), 'CKV_K8S_25; CKV_K8S_39'),
  security('K8S-017', PODS, IMPORTANT, 'containers take no ports of the node',
    containers(at('port.host_port', isUnset())), 'CKV_K8S_26'),
  security('K8S-018', PODS, CRITICAL, 'the socket of the container runtime is not mounted',
    pod(at('volume.host_path.path', everyEntry('other than a runtime socket',
      (path) => !RUNTIME_SOCKET.test(path)))), 'CKV_K8S_27'),
  security('K8S-019', PODS, IMPORTANT, 'all capabilities are dropped',
    containers(at('security_context.capabilities.drop', hasAny('ALL', 'all'))), 'CKV_K8S_28; CKV_K8S_37'),
  security('K8S-020', PODS, IMPORTANT, 'containers have a security context',
    containers(at('security_context', isSet())), 'CKV_K8S_29; CKV_K8S_30'),
  security('K8S-021', PODS, CRITICAL, 'there is no Tiller',
    allOf(LABELS_WITHOUT_TILLER,
      containers(at('image', everyEntry('other than tiller', (image) => !String(image).includes('tiller'))))), 'CKV_K8S_34'),
  security('K8S-022', PODS, IMPORTANT, 'secrets are files, not variables',
    containers(NO_SECRETS_IN_ENVIRONMENT), 'CKV_K8S_35'),
  security('K8S-023', kinds('service_account'), IMPORTANT, 'the default account has no token in its pods',
    when(at('metadata.name', is('default')), at('automount_service_account_token', is(false))), 'CKV_K8S_41'),
  security('K8S-024', kinds('role_binding', 'cluster_role_binding'), IMPORTANT, 'the default account has no rights',
    forEach('subject', unless(at('kind', isNot('ServiceAccount')), at('name', isNot('default')))), 'CKV_K8S_42'),
  security('K8S-025', PODS, AWARENESS, 'images are pinned by digest',
    containers(at('image', matches(/@/, 'with a digest'))), 'CKV_K8S_43'),
  security('K8S-026', kinds('service'), CRITICAL, 'there is no service for Tiller',
    allOf(LABELS_WITHOUT_TILLER, SELECTOR_WITHOUT_TILLER), 'CKV_K8S_44'),
  security('K8S-027', kinds('role', 'cluster_role'), CRITICAL, 'roles name what they allow',
    forEach('rule', allOf(
      at('api_groups', hasNone('*')), at('resources', hasNone('*')), at('verbs', hasNone('*')),
    )), 'CKV_K8S_49'),
  security('K8S-028', PODS, IMPORTANT, 'git-sync runs no repository of somebody else',
    containers(at('env.name', isNot('GITSYNC_GIT'))), 'CKV_K8S_159'),
];
