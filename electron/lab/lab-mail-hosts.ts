/** Puts up a domain's mail hosts: their servers, certificates and records, each made when it is first asked for. */
import type { StreamHandler } from '../net/handler.ts';
import type { VirtualInternet } from '../net/virtual-internet.ts';
import type { AddressPool } from './address-pool.ts';
import type { LabDomainPlan, LabHostPlan, LabTlsa } from './built-in-domains.ts';
import type { IssuedCertificate } from './certificate-issuer.ts';
import { identityOf, tlsaOfKey, tlsaOfUnseenKey, type LabAuthority } from './lab-certificates.ts';
import { once } from './once.ts';
import { createMailServer } from './smtp-server.ts';

const SMTP_PORT = 25;

/** The lines of the zone file: MX, addresses, TLSA. */
export function planMailHosts(
  plan: LabDomainPlan,
  authority: LabAuthority,
  pool: AddressPool,
  network: VirtualInternet,
): () => readonly string[] {
  // RFC 7505 §3: no host means a null MX.
  if (plan.hosts.length === 0) return () => ['@ MX 0 .'];
  const hosts = plan.hosts.map((host) => planHost(plan.name, host, authority, pool, network));
  return () => hosts.flatMap((lines, index) => lines((index + 1) * 10));
}

function planHost(
  domain: string,
  host: LabHostPlan,
  authority: LabAuthority,
  pool: AddressPool,
  network: VirtualInternet,
): (preference: number) => readonly string[] {
  const { label } = host;
  const name = `${label}.${domain}`;
  const leaves = once(() =>
    (host.keyTypes ?? ['ecdsa']).map((keyType) => authority.issueFor(name, keyType)),
  );
  const addresses = Array.from({ length: host.addressPairs ?? 1 }, () => pool.next()).flat();
  const odd = host.oddAddress === true ? addresses.slice(-1) : [];
  const serve = (at: readonly string[], certificates: () => readonly IssuedCertificate[]): void => {
    const server = once(() => mailServer(name, host, certificates(), authority));
    const streams: StreamHandler = (stream) => {
      server()(stream);
    };
    network.addHost({ addresses: at, streams: new Map([[SMTP_PORT, streams]]) });
  };
  serve(addresses.slice(0, addresses.length - odd.length), leaves);
  if (odd.length > 0) serve(odd, () => [authority.issueFor(name)]);
  return (preference) => [
    `@ MX ${preference} ${label}`,
    ...addresses.map((each) => `${label} ${each.includes(':') ? 'AAAA' : 'A'} ${each}`),
    ...host.tlsa
      .flatMap((kind) => tlsaFor(kind, leaves(), authority))
      .map((data) => `_${SMTP_PORT}._tcp.${label} TLSA ${data}`),
  ];
}

function mailServer(
  hostName: string,
  host: LabHostPlan,
  leaves: readonly IssuedCertificate[],
  authority: LabAuthority,
): StreamHandler {
  const tls = leaves.map((leaf) => ({
    keyType: leaf.keyType,
    identity: identityOf(leaf, authority),
  }));
  return createMailServer({
    hostName,
    tls: host.startTls ? tls : null,
    ...(host.fault ? { fault: host.fault } : {}),
  });
}

/** One record for each key in use; those to come and gone by are known by their digests alone. */
function tlsaFor(
  kind: LabTlsa,
  leaves: readonly IssuedCertificate[],
  authority: LabAuthority,
): readonly string[] {
  switch (kind) {
    case 'current':
      return leaves.map((leaf) => tlsaOfKey(3, leaf));
    case 'next':
    case 'previous':
      return leaves.map(tlsaOfUnseenKey);
    case 'issuer':
      return [tlsaOfKey(2, authority.issuing)];
  }
}
