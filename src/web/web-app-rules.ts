import { TerraformResource } from 'cdktf';
import { blockOf, problemsAt, renderedOf, RenderedBlock as Block } from '../core/rendered-block';
import { isComputed, shown } from '../core/validation';

/** Minutes after which the provider lets an unhealthy instance be taken out. */
const EVICTION = { min: 2, max: 10 };

/**
 * What Azure would refuse in the middle of an apply, whoever wrote it: the last look at an app or a slot, escape hatches included.
 *
 * @param site The app or the slot.
 * @param promised Names of sticky settings that are looked at elsewhere.
 */
export function siteOversights(site: TerraformResource, promised: string[] = []): string[] {
  const rendered = renderedOf(site);
  const config = blockOf(rendered.site_config);
  return problemsAt(site, [
    ...deploymentProblems(rendered),
    ...healthProblems(config),
    ...stackProblems(blockOf(config.application_stack)),
    ...signInProblems(rendered, blockOf(config.cors)),
    ...stickyProblems(rendered, promised),
    config.auto_heal_setting !== undefined &&
      blockOf(blockOf(config.auto_heal_setting).action).minimum_process_execution_time === undefined &&
      "'auto_heal_setting' must have an 'action' with a 'minimum_process_execution_time', e.g. 00:10:00: Azure refuses one without",
  ]);
}

/**
 * The same of an autoscale setting, of whose numbers the provider compares none.
 */
export function autoscaleOversights(setting: TerraformResource): string[] {
  const { profile } = renderedOf(setting);
  return problemsAt(setting, Array.isArray(profile) ? profile.flatMap(profileProblems) : []);
}

function deploymentProblems(site: Block): Array<string | false> {
  return [
    site.zip_deploy_file !== undefined &&
      site.webdeploy_publish_basic_authentication_enabled === false &&
      "'zip_deploy_file' must be left out: the provider uploads it with a password, and those are off; release with 'az webapp deploy', under an identity",
    // an app names the resource group that it is in, a slot the app
    site.app_service_id !== undefined &&
      site.service_plan_id !== undefined &&
      "'service_plan_id' must be left out on a slot, which runs on the plan of its app: the provider fails on one that is the same",
  ];
}

function healthProblems({ health_check_path: path, health_check_eviction_time_in_min: minutes }: Block) {
  return [
    (path === undefined) !== (minutes === undefined) &&
      "'health_check_path' and 'health_check_eviction_time_in_min' must be given together",
    minutes !== undefined &&
      !isComputed(minutes) &&
      !(minutes >= EVICTION.min && minutes <= EVICTION.max) &&
      `'health_check_eviction_time_in_min' must be ${EVICTION.min} to ${EVICTION.max}, got ${shown(minutes)}`,
  ];
}

function stackProblems({ docker_image_name: image, docker_registry_url: url }: Block): Array<string | false> {
  return [
    image !== undefined &&
      (url === undefined || url === '') &&
      "'docker_registry_url' must say where the image is, e.g. https://ghcr.io",
  ];
}

function signInProblems(site: Block, cors: Block): Array<string | false> {
  const origins = cors.allowed_origins ?? [];
  return [
    site.auth_settings !== undefined &&
      site.auth_settings_v2 !== undefined &&
      "'auth_settings' must be left out beside 'auth_settings_v2': an app signs in its callers in one way",
    cors.support_credentials === true &&
      !isComputed(origins) &&
      origins.includes('*') &&
      "'cors' must name its origins where 'support_credentials' is true, got \"*\"",
  ];
}

function stickyProblems({ sticky_settings: sticky, app_settings: settings = {} }: Block, promised: string[]): string[] {
  const names: string[] = blockOf(sticky).app_setting_names ?? [];
  return isComputed(settings) || isComputed(names)
    ? []
    : names
        .filter((name) => !isComputed(name) && !(name in settings) && !promised.includes(name))
        .map((name) => `'sticky_settings' must name settings of the app, got ${shown(name)}`);
}

function profileProblems({ name, capacity, fixed_date: once, recurrence }: Block): Array<string | false> {
  const { minimum, default: usual, maximum } = blockOf(capacity);
  const inOrder = (a: unknown, b: unknown) => isComputed(a) || isComputed(b) || Number(a) <= Number(b);
  return [
    !(inOrder(minimum, usual) && inOrder(usual, maximum) && inOrder(minimum, maximum)) &&
      `the profile ${shown(name)} must have its 'default' between 'minimum' and 'maximum', got ${shown(usual)}, ${shown(minimum)} and ${shown(maximum)}`,
    once !== undefined &&
      recurrence !== undefined &&
      `the profile ${shown(name)} must have 'fixed_date' or 'recurrence', got both`,
  ];
}
