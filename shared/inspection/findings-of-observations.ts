/** What the resolver noticed about signatures and servers, as findings. */
import type { Observation } from '../dnssec/reason.ts';
import { makeFinding } from '../findings/catalogue.ts';
import type { Finding } from '../findings/finding.ts';
import type { Report } from './report.ts';

/** The same fault seen at several servers, or in several questions, is one finding. */
export function observationFindings(report: Report): readonly Finding[] {
  // Then every server looks dead or odd, and none of them is to blame.
  if (report.mx.networkDown === true) return [];
  const groups = new Map<string, Observation[]>();
  for (const observation of report.observations) {
    const { name } = splitSubject(observation.subject);
    const key = `${observation.code} ${name}`;
    groups.set(key, [...(groups.get(key) ?? []), observation]);
  }
  return [...groups.values()].flatMap(foldGroup);
}

function foldGroup(group: readonly Observation[]): readonly Finding[] {
  const [first] = group;
  if (first === undefined) return [];
  const { name, type } = splitSubject(first.subject);
  const every = (key: string): readonly string[] => [
    ...new Set(group.flatMap(({ parameters }) => parameters[key]?.toString() ?? [])),
  ];
  const types = [...new Set([...(type === null ? [] : [type]), ...every('type')])];
  const zone = first.parameters['zone'] ?? first.parameters['signer'] ?? null;
  const servers = every('server');
  return [
    makeFinding(first.code, name, {
      ...first.parameters,
      zone,
      types,
      type: types[0] ?? null,
      servers,
      server: servers[0] ?? null,
    }),
  ];
}

/** Resolvers name an RRset as `NAME/TYPE`. */
function splitSubject(subject: string): { readonly name: string; readonly type: string | null } {
  const match = /^(.+)\/([A-Z][A-Z0-9-]*)$/.exec(subject);
  const [, name, type] = match ?? [];
  return name === undefined || type === undefined ? { name: subject, type: null } : { name, type };
}
