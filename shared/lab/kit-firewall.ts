/** Which packets the test needs: for nftables, for ufw, for firewalld, and in the words of those who rent out servers. */
import { ownAddress } from './address-mapping.ts';
import { KIT_MARK, type KitFacts } from './kit-facts.ts';

type FirewallFacts = Pick<
  KitFacts,
  'base' | 'dns' | 'addresses' | 'web' | 'nat' | 'smtpPort' | 'listenPort'
>;

interface Opening {
  readonly what: string;
  readonly protocol: 'tcp' | 'udp';
  /** As senders see it, and as the machine does. */
  readonly outside: number;
  readonly inside: number;
  /** Of this machine. */
  readonly addresses: readonly string[];
}

const TABLE = 'dane_inspector_outbound';

function openings(facts: FirewallFacts): readonly Opening[] {
  const { dns, web, smtpPort, listenPort } = facts;
  const own = (published: readonly string[]): readonly string[] =>
    published.map((address) => ownAddress(facts.nat, address));
  const ofDns = { outside: dns.port, inside: dns.port, addresses: own([dns.address]) };
  return [
    {
      ...{ what: 'mail', protocol: 'tcp', addresses: own(facts.addresses) },
      ...{ outside: smtpPort, inside: listenPort },
    },
    { what: 'DNS', protocol: 'udp', ...ofDns },
    { what: 'DNS, for answers that are too long for one packet', protocol: 'tcp', ...ofDns },
    ...(web === null
      ? []
      : [
          {
            ...{ what: 'the page for visitors', protocol: 'tcp' as const },
            ...{ outside: web.port, inside: web.port, addresses: own([web.address]) },
          },
        ]),
  ];
}

/** A table of its own: it is taken away without touching another, and loading it again replaces it. */
export function nftRuleset(facts: FirewallFacts): string {
  const rules = openings(facts).flatMap(({ what, protocol, inside, addresses }) => [
    `    # ${what}`,
    ...byFamily(addresses).map(
      ({ name, list }) =>
        `    ${name} daddr { ${list.join(', ')} } ${protocol} dport ${inside} accept`,
    ),
  ]);
  return [
    `# ${KIT_MARK}: what has to come in, for nftables`,
    '# nftables lets a packet in only if no table drops it. Where another chain drops what it does not know,',
    '# the lines with “accept” belong into that chain, before its end; this table alone would not help.',
    '# “nft -f FILE” loads it, “nft delete table inet ' + TABLE + '” takes it away.',
    `table inet ${TABLE}`,
    `delete table inet ${TABLE}`,
    `table inet ${TABLE} {`,
    '  chain input {',
    '    type filter hook input priority filter; policy accept;',
    ...rules,
    '  }',
    '}',
    '',
  ].join('\n');
}

function byFamily(
  addresses: readonly string[],
): readonly { readonly name: 'ip' | 'ip6'; readonly list: readonly string[] }[] {
  const all = [...new Set(addresses)];
  const families = [
    { name: 'ip' as const, list: all.filter((each) => !each.includes(':')) },
    { name: 'ip6' as const, list: all.filter((each) => each.includes(':')) },
  ];
  return families.filter(({ list }) => list.length > 0);
}

export function firewallNotes(facts: FirewallFacts): string {
  const all = openings(facts);
  const ports = [...new Set(all.map(({ inside, protocol }) => `${inside}/${protocol}`))];
  const translated = facts.nat.map(({ published, own }) => `  ${published} is ${own} here`);
  return [
    `${KIT_MARK}: what has to come in, and what does not go out`,
    '',
    'In',
    ...all.map(({ what, protocol, outside }) => `  ${`${outside}/${protocol}`.padEnd(9)} ${what}`),
    '',
    'Out: nothing. The test answers, and never opens a connection. It sends no mail and asks no DNS server.',
    'Reverse DNS (PTR) is not needed: it receives mail, and sends none.',
    '',
    ...(translated.length === 0
      ? []
      : [
          'Addresses that the provider translates (rules on this machine need the second):',
          ...translated,
          '',
        ]),
    'nftables',
    '  sudo nft -f firewall.nft',
    '  Read the first lines of that file before: where another chain drops, its rules belong there.',
    '',
    'ufw',
    ...all.flatMap(({ protocol, inside, addresses }) =>
      [...new Set(addresses)].map(
        (address) => `  sudo ufw allow proto ${protocol} to ${address} port ${inside}`,
      ),
    ),
    '',
    'firewalld',
    ...ports.map((port) => `  sudo firewall-cmd --permanent --add-port=${port}`),
    '  sudo firewall-cmd --reload',
    '',
    'The provider’s own firewall (“security group”, “network rules”, “cloud firewall”)',
    '  For each line below “In” one inbound rule: this protocol and port, from 0.0.0.0/0 and ::/0.',
    '',
    `Port ${facts.smtpPort}`,
    '  Many providers close port 25. Mostly that is for mail that goes out, which the test does not need; some',
    '  close it for what comes in too. How to see it, from a machine elsewhere, while the service runs:',
    ...facts.addresses.slice(0, 1).map((address) => `    nc -vz ${address} ${facts.smtpPort}`),
    '  “Connected” or “succeeded” is right. If it hangs, and the same from this machine to its own address does',
    '  not, something on the way drops it: the provider’s firewall, or a rule of theirs that support can lift. Try',
    '  from two networks: many private lines may not connect to port 25 anywhere.',
    '',
  ].join('\n');
}
