/** What is told when one of our bounds left something out or ended the work: which, and at whose zone or server. */
import type { Observation } from '../../shared/dnssec/reason.ts';

/** `limit`: the constant's name. */
export function limitReached(
  limit: string,
  subject: string,
  parameters: Observation['parameters'] = {},
): Observation {
  return { code: 'limit-reached', subject, parameters: { limit, ...parameters } };
}

/** Limits met in validation, with the zone that was looked at and, where it is known, whose answer it was. */
export function placed(
  observations: readonly Observation[],
  parameters: Observation['parameters'],
): readonly Observation[] {
  return observations.map((each) =>
    isLimitReached(each) ? { ...each, parameters: { ...parameters, ...each.parameters } } : each,
  );
}

export function isLimitReached(observation: Observation): boolean {
  return observation.code === 'limit-reached';
}
