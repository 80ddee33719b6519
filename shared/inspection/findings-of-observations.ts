/** What the resolver noticed about signatures and servers, as findings. */
import type { Observation } from '../dnssec/reason.ts';
import { makeFinding } from '../findings/catalogue.ts';
import type { Finding } from '../findings/finding.ts';
import { healthParameters, zoneOfHealth } from './fold-zone-health.ts';
import type { Report } from './report.ts';
import { serverFacts, signsNothing } from './server-facts.ts';

/** The same fault seen at several servers, or in several questions, is one finding. */
export function observationFindings(report: Report): readonly Finding[] {
  // Then every server looks dead or odd, and none of them is to blame.
  if (report.mx.networkDown === true) return [];
  const groups = new Map<string, Observation[]>();
  for (const observation of report.observations.filter(isNews(report))) {
    const name = zoneOfHealth(observation) ?? splitSubject(observation.subject).name;
    const key = `${observation.code} ${name}`;
    groups.set(key, [...(groups.get(key) ?? []), observation]);
  }
  return [...groups.values()].flatMap(foldGroup);
}

/**
 * A look-up sees one lost packet or one refused question; the survey of the zone knows the server, so of
 * servers that were surveyed it has the last word.
 */
function isNews(report: Report): (observation: Observation) => boolean {
  const surveyed = new Map<string, Set<string>>();
  for (const { zone, servers } of report.surveys) {
    for (const { address } of servers) {
      surveyed.set(address, (surveyed.get(address) ?? new Set()).add(zone));
    }
  }
  const unsigned = new Set(
    serverFacts(report)
      .filter((facts) => facts.surveyed && signsNothing(facts))
      .map(({ address }) => address),
  );
  return ({ code, subject, parameters }) => {
    // Of a server that signs nothing at all that is said once.
    if (UNSIGNED.has(code) && unsigned.has(String(parameters['server']))) return false;
    const zones = code.startsWith('server-') ? surveyed.get(subject) : undefined;
    const zone = parameters['zone'];
    return zones === undefined || (zone !== undefined && !zones.has(String(zone)));
  };
}

const UNSIGNED: ReadonlySet<Observation['code']> = new Set(['rrsig-missing', 'denial-invalid']);

/** Not all repeated questions could be put: nothing that was asked is in doubt. */
const MILD_LIMITS: ReadonlySet<unknown> = new Set(['MAX_SURVEY_QUERIES']);

function foldGroup(group: readonly Observation[]): readonly Finding[] {
  const [first] = group;
  if (first === undefined) return [];
  const { name, type } = splitSubject(first.subject);
  const healthOf = zoneOfHealth(first);
  const every = (key: string): readonly string[] => [
    ...new Set(group.flatMap(({ parameters }) => parameters[key]?.toString() ?? [])),
  ];
  const types = [...new Set([...(type === null ? [] : [type]), ...every('type')])];
  const zone = first.parameters['zone'] ?? first.parameters['signer'] ?? null;
  const servers = every('server');
  return [
    makeFinding(
      first.code,
      healthOf ?? name,
      {
        ...first.parameters,
        ...healthParameters(group),
        zone,
        types,
        type: types[0] ?? null,
        servers,
        server: servers[0] ?? null,
      },
      MILD_LIMITS.has(first.parameters['limit']) ? 'notice' : undefined,
    ),
  ];
}

/** Resolvers name an RRset as `NAME/TYPE`. */
function splitSubject(subject: string): { readonly name: string; readonly type: string | null } {
  const match = /^(.+)\/([A-Z][A-Z0-9-]*)$/.exec(subject);
  const [, name, type] = match ?? [];
  return name === undefined || type === undefined ? { name: subject, type: null } : { name, type };
}
