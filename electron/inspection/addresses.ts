/** Looks up a host's addresses, both families at once (RFC 5321 §5.1, RFC 7672 §2.2.2). */
import { addressToText } from '../../shared/dns/address.ts';
import type { Name } from '../../shared/dns/name.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import type { AddressReport } from '../../shared/inspection/report.ts';
import type { AliasStep, LookUp } from '../resolver/resolver.ts';
import { MAX_ADDRESSES_PER_HOST } from './limits.ts';
import { hasFailed, judgedSecurity, lookUpReport, weakest } from './look-up-report.ts';
import { tellLimit, tellLookUp, type Run } from './run.ts';

export interface HostAddresses {
  readonly addresses: readonly AddressReport[];
  /** The alias chain of the host's name; empty in a tidy domain. */
  readonly aliases: readonly AliasStep[];
  /** Some address RRset is secure, so TLSA records can apply (RFC 7672 §2.2.2). */
  readonly secure: boolean;
}

/** `onFound` hears of each family's addresses as soon as they are known. */
export async function findAddresses(
  run: Run,
  host: Name,
  onFound: (addresses: readonly AddressReport[], aliases: readonly AliasStep[]) => void,
): Promise<HostAddresses> {
  // The root is no host: a null MX beside others (RFC 7505 §3 allows it only alone).
  if (host.labels.length === 0) {
    run.emit({
      kind: 'addresses',
      host: host.key,
      security: 'insecure',
      addresses: [],
      lookUps: [],
      failed: { a: false, aaaa: false },
      alias: null,
    });
    return { addresses: [], aliases: [], secure: false };
  }
  const family = async (type: number): Promise<LookUp> => {
    const lookUp = await run.ports.resolver.resolve(host, type, run.signal);
    tellLookUp(run, lookUp);
    onFound(addressesOf(run, host, lookUp), lookUp.aliases);
    return lookUp;
  };
  const [a, aaaa] = await Promise.all([family(TYPE.A), family(TYPE.AAAA)]);
  return settle(run, host, a, aaaa);
}

function settle(run: Run, host: Name, a: LookUp, aaaa: LookUp): HostAddresses {
  const addresses = [...addressesOf(run, host, a), ...addressesOf(run, host, aaaa)];
  const found = [a, aaaa].find((lookUp) => !hasFailed(lookUp)) ?? a;
  const aliases = found.aliases;
  run.emit({
    kind: 'addresses',
    host: host.key,
    security: weakest([judgedSecurity(a), judgedSecurity(aaaa)]),
    addresses,
    lookUps: [lookUpReport(a), lookUpReport(aaaa)],
    failed: { a: hasFailed(a), aaaa: hasFailed(aaaa) },
    alias: aliases.at(-1)?.to.key ?? null,
  });
  return { addresses, aliases, secure: addresses.some(({ security }) => security === 'secure') };
}

function addressesOf(run: Run, host: Name, lookUp: LookUp): readonly AddressReport[] {
  if (hasFailed(lookUp)) return [];
  const security = judgedSecurity(lookUp);
  const texts = (lookUp.rrset?.records ?? []).flatMap(({ rdata }) => {
    const text = addressToText(rdata);
    const octets = lookUp.type === TYPE.A ? 4 : 16;
    return text === null || rdata.length !== octets ? [] : [text];
  });
  if (texts.length > MAX_ADDRESSES_PER_HOST) tellLimit(run, host.key, 'MAX_ADDRESSES_PER_HOST');
  return texts.slice(0, MAX_ADDRESSES_PER_HOST).map((address) => ({
    address,
    family: lookUp.type === TYPE.A ? 4 : 6,
    security,
    probes: [],
  }));
}
