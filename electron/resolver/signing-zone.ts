/** Which zone an answer is from, when the servers that gave it may serve several (RFC 4035 §5.3.1). */
import { isStrictSubdomainOf, isSubdomainOf, type Name } from '../../shared/dns/name.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import { signersOf, type SignedRRset } from '../../shared/dnssec/signed-rrset.ts';
import { closestAnchor } from '../../shared/dnssec/trust-anchor.ts';
import type { Run } from './run.ts';
import type { Zone } from './zone.ts';

/** The zone whose servers answered, or the zone of a closer trust anchor: validation starts there. */
export function anchoredZone(run: Run, zone: Zone, name: Name, type: number): Zone {
  const anchor = closestAnchor(run.anchors, name, type);
  if (anchor === null || !isStrictSubdomainOf(anchor.zone, zone.name)) return zone;
  return run.zones.hiddenBelow(zone, anchor.zone);
}

/**
 * The zone that signed the evidence about `name`: `base`, or one below it that shares its servers. Null
 * when nothing is signed. Signers that cannot be it leave `base`, whose keys will not fit.
 */
export function signingZone(
  run: Pick<Run, 'zones'>,
  base: Zone,
  evidence: readonly SignedRRset[],
  name: Name,
  type: number,
): Zone | null {
  const signers = evidence.flatMap(signersOf);
  if (signers.length === 0) return null;
  const possible = signers.filter(
    (signer) =>
      isSubdomainOf(signer, base.name) &&
      isSubdomainOf(name, signer) &&
      // RFC 4035 §2.4: the DS RRset is signed by the parent.
      !(type === TYPE.DS && signer.key === name.key && name.labels.length > 0),
  );
  const deepest = possible.reduce<Name>(
    (best, signer) => (signer.labels.length > best.labels.length ? signer : best),
    base.name,
  );
  if (deepest.key === base.name.key || possible.some((signer) => signer.key === base.name.key)) {
    return base;
  }
  return run.zones.hiddenBelow(base, deepest);
}
