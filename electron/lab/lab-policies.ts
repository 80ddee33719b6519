/** Puts up the policies of the lab's domains: records and the web server with the policy file (RFC 8461, RFC 8460). */
import type { VirtualInternet } from '../net/virtual-internet.ts';
import type { AddressPool } from './address-pool.ts';
import type { LabDomainPlan } from './built-in-domains.ts';
import { once } from './once.ts';
import { createPolicyServer, policyAnswer } from './policy-server.ts';
import type { WebAuthority } from './web-authority.ts';

const HTTPS_PORT = 443;
const WEEK_SECONDS = 604_800;

/** The lines of the zone file; none without a policy. */
export function planPolicy(
  { name, policy }: LabDomainPlan,
  authority: WebAuthority,
  pool: AddressPool,
  network: VirtualInternet,
): readonly string[] {
  if (policy === undefined) return [];
  const addresses = pool.next();
  const [ipv4, ipv6] = addresses;
  const answer = policyAnswer([
    'version: STSv1',
    `mode: ${policy.mode}`,
    ...policy.mx.map((label) => `mx: ${label}.${name}`),
    `max_age: ${WEEK_SECONDS}`,
  ]);
  const server = once(() =>
    createPolicyServer({ identity: authority.issueFor(`mta-sts.${name}`), answer }),
  );
  network.addHost({
    addresses,
    streams: new Map([
      [
        HTTPS_PORT,
        (stream) => {
          server()(stream);
        },
      ],
    ]),
  });
  return [
    '_mta-sts TXT "v=STSv1; id=20261101T000000"',
    `mta-sts A ${ipv4}`,
    `mta-sts AAAA ${ipv6}`,
    ...(policy.tlsReports ? [`_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls-reports@${name}"`] : []),
  ];
}
