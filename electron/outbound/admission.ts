/** Who may still connect: so many at a time in total, and so many from one network. */
import { ipv6FromText } from '../../shared/dns/address.ts';

export interface AdmissionLimits {
  readonly total: number;
  readonly perNetwork: number;
}

export interface Admission {
  /** Null for one too many; otherwise to be called once it has gone. */
  admit(address: string): (() => void) | null;
  /** How many are in. */
  count(): number;
}

export function createAdmission({ total, perNetwork }: AdmissionLimits): Admission {
  const counts = new Map<string, number>();
  let all = 0;
  return {
    admit(address) {
      const network = networkOf(address);
      const own = counts.get(network) ?? 0;
      if (all >= total || own >= perNetwork) return null;
      counts.set(network, own + 1);
      all += 1;
      let left = false;
      return () => {
        if (left) return;
        left = true;
        all -= 1;
        const rest = (counts.get(network) ?? 1) - 1;
        if (rest > 0) counts.set(network, rest);
        else counts.delete(network);
      };
    },
    count: () => all,
  };
}

/** Octets of an IPv6 prefix that one customer is given (RFC 6177): within it addresses cost nothing. */
const IPV6_PREFIX_OCTETS = 8;

function networkOf(address: string): string {
  const octets = address.includes(':') ? ipv6FromText(address) : null;
  return octets === null ? address : octets.subarray(0, IPV6_PREFIX_OCTETS).join('.');
}
