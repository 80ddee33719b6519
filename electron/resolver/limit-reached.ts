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

export function isLimitReached(observation: Observation): boolean {
  return observation.code === 'limit-reached';
}
