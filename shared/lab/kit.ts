/** The kit that takes the outbound test to a server with a domain of its owner: texts to read, to paste, to install. */
import { delegationTable, delegationZone, readableZone } from './kit-delegation.ts';
import type { KitFacts, KitFile } from './kit-facts.ts';
import { firewallNotes, nftRuleset } from './kit-firewall.ts';
import { KIT_NAMES } from './kit-names.ts';
import { kitReadme } from './kit-readme.ts';
import { systemdUnit } from './kit-unit.ts';

/** In the order in which they are needed. */
export function outboundKit(facts: KitFacts): readonly KitFile[] {
  return [
    { name: KIT_NAMES.readme, text: kitReadme(facts) },
    { name: KIT_NAMES.firewall, text: firewallNotes(facts) },
    { name: KIT_NAMES.ruleset, text: nftRuleset(facts) },
    { name: KIT_NAMES.unit, text: systemdUnit(facts) },
    { name: KIT_NAMES.delegation, text: delegationZone(facts) },
    { name: KIT_NAMES.table, text: delegationTable(facts) },
    { name: `${facts.base}.zone`, text: readableZone(facts) },
  ];
}
