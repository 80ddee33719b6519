/** How far an inspection is, by stage, from what the report holds; what is not known yet is not counted. */
import type { Report } from '../../shared/inspection/report.ts';

export interface Stage {
  readonly name: 'mx' | 'hosts' | 'addresses' | 'ancestors' | 'policy';
  /** `waiting`: it cannot begin before the one before it. */
  readonly state: 'waiting' | 'running' | 'done';
  readonly done: number;
  readonly total: number;
  /** False: more may be found than `total`. */
  readonly isWhole: boolean;
}

/** Without mail servers there is no stage for them. */
export function stagesOf(report: Report): readonly Stage[] {
  const { hosts, mx, policy, tool } = report;
  const isListed = hosts.length > 0 || mx.lookUp !== null || mx.failed || mx.nonexistent || mx.null;
  const found = hosts.filter(({ resolution }) => resolution !== null);
  const addresses = found.flatMap((host) => host.addresses);
  const known = found.filter(({ tlsa }) => tlsa.done);
  const isResolved = isListed && found.length === hosts.length;
  const spoken = addresses.filter(({ probes }) => probes.length > 0).length;
  const climbed = hosts.filter(({ ancestorsDone }) => ancestorsDone).length;
  const policies = [policy.mtaSts, policy.tlsRpt].filter(({ checked }) => checked).length;
  return [
    stage('mx', isListed ? 1 : 0, 1, true, true),
    stage('hosts', known.length, hosts.length, isListed, isListed),
    ...(tool.smtp ? [stage('addresses', spoken, addresses.length, isResolved, isListed)] : []),
    stage('ancestors', climbed, hosts.length, isListed, isListed),
    ...(tool.smtp ? [stage('policy', policies, 2, true, true)] : []),
  ];
}

function stage(
  name: Stage['name'],
  done: number,
  total: number,
  isWhole: boolean,
  isBegun: boolean,
): Stage {
  const isDone = isWhole && done === total;
  const state = isDone ? 'done' : isBegun ? 'running' : 'waiting';
  return { name, state, done, total, isWhole };
}
