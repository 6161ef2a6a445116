import { Workload } from '../core/workload';
import { Component } from './recovery';

/** A workload as headings name it. */
export function titleOf({ name, environment, location }: Workload): string {
  return `${name} in ${environment.name}, ${location}`;
}

/** A component, with its workload where there are several. */
export function nameIn(workloads: Workload[], { name, workload }: Component): string {
  return workloads.length > 1 ? `${workload.name} in ${workload.environment.name}: ${name}` : name;
}

/** The stack that a workload is deployed with. */
export function stackOf({ node }: Workload): string {
  return node.path.split('/')[0];
}

/** Minutes as people say them. */
export function durationOf(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const parts = [hours > 0 ? `${hours} h` : '', rest > 0 || hours === 0 ? `${rest} min` : ''];
  return hours >= 48 && minutes % 1440 === 0 ? `${minutes / 1440} days` : parts.filter((part) => part).join(' ');
}
