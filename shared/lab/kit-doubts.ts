/** What would stand in the way of the service or of its domain, found before anybody waits for it. */
import { SMTP_PORT, type Endpoint } from './place.ts';

export interface KitPlan {
  readonly dns: Endpoint;
  /** Published. */
  readonly addresses: readonly string[];
  readonly web: Endpoint | null;
  readonly smtpPort: number;
  /** Situations that no address was left for. */
  readonly leftOut: readonly string[];
  /** As Node names it: linux, darwin, win32. */
  readonly platform: string;
  /** The AppImage that the program runs from; null for none. */
  readonly image: string | null;
  /** Files of the program that not everybody may read. */
  readonly hidden: readonly string[];
  /** Absolute. */
  readonly program: readonly string[];
}

/** Sentences, the gravest first. */
export function kitDoubts(plan: KitPlan): readonly string[] {
  const { dns, smtpPort, leftOut, platform, image, hidden } = plan;
  const published = [dns.address, ...plan.addresses, plan.web?.address ?? dns.address];
  const inside = published.find((address) => PRIVATE.test(address));
  // systemd.exec(5), PrivateTmp.
  const temporary = plan.program.find((path) => /^(?:\/var)?\/tmp\//.test(path));
  return [
    inside !== undefined &&
      `${inside} is an address of a private network, or of this machine alone: the world cannot reach it. Name those that the provider gave you, and say with --nat PUBLIC=OWN which of them is which here.`,
    platform !== 'linux' && 'The service is for systemd on Linux; write the kit there.',
    image !== null &&
      `The program runs from ${image}, whose files are there only while it runs: unpack it (--appimage-extract), and write the kit from there.`,
    hidden.length > 0 &&
      `The service has no rights of its own, and may not read ${hidden.join(' and ')}: put the program where everybody may read it, below /opt say, and write the kit from there.`,
    temporary !== undefined &&
      `${temporary} lies in a folder for temporary files, which the service does not see: put the program below /opt, say, and write the kit from there.`,
    smtpPort !== SMTP_PORT &&
      `Mail servers elsewhere connect to port ${SMTP_PORT} alone, not to ${smtpPort}.`,
    dns.address.includes(':') &&
      'The name server has an IPv6 address alone: resolvers without IPv6 will not find the domain.',
    leftOut.length > 0 &&
      `Left out for want of addresses: ${leftOut.join(', ')}. Each needs an address of its own.`,
  ].filter((doubt) => doubt !== false);
}

/** RFC 1918, RFC 6598, RFC 1122 §3.2.1.3, RFC 4193, RFC 4291 §2.5.3 and §2.5.6. */
const PRIVATE =
  /^(?:10\.|127\.|::1$|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/i;
