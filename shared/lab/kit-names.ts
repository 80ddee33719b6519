/** Names of the kit’s files. */
import { UNIT_NAME } from './kit-facts.ts';

export const KIT_NAMES = {
  readme: 'README.txt',
  delegation: 'delegation.zone',
  table: 'delegation.txt',
  unit: `${UNIT_NAME}.service`,
  firewall: 'firewall.txt',
  ruleset: 'firewall.nft',
  /** Beside them, unless another was named. */
  state: 'state.json',
} as const;
