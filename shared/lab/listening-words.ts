/** Why the outbound test cannot listen where it should, and what to do about it. */

export interface ListeningTrouble {
  readonly what: 'dns' | 'smtp';
  readonly address: string;
  readonly port: number;
  /** The system’s: EACCES, EADDRINUSE, EADDRNOTAVAIL… */
  readonly code: string;
  /** The port that senders connect to. */
  readonly smtpPort: number;
  /** Of the mail servers, as they were given: `127.25.0.1-127.25.0.20`. */
  readonly mailAddresses: string;
  /** As Node names it: linux, darwin, win32. */
  readonly platform: string;
}

export interface Advice {
  /** One sentence. */
  readonly trouble: string;
  /** Each a way out by itself: a sentence, and commands to copy where there are some. */
  readonly ways: readonly { readonly text: string; readonly commands: readonly string[] }[];
}

/** Ports below it are for those who may do everything, unless the system is told otherwise. */
const FIRST_FREE_PORT = 1024;
/** Where mail is led to. */
const OTHER_SMTP_PORT = 2525;
const OTHER_DNS_PORT = 5300;

export function listeningAdvice(trouble: ListeningTrouble): Advice {
  const { what, address, port, code } = trouble;
  const service = what === 'dns' ? 'name server' : 'mail servers';
  const place = `${address}, port ${port}`;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return {
        trouble: `The ${service} may not listen on ${place}: the system keeps ports below ${FIRST_FREE_PORT} for itself.`,
        ways: [...permissions(trouble), elsewhere(trouble)],
      };
    case 'EADDRINUSE':
      return {
        trouble: `Another program listens on ${place} already.`,
        ways: [otherAddresses(trouble), elsewhere(trouble)],
      };
    case 'EADDRNOTAVAIL':
      return {
        trouble: `This machine has no address ${address}.`,
        ways: [missingAddress(trouble)],
      };
    default:
      return { trouble: `The ${service} cannot listen on ${place} (${code}).`, ways: [] };
  }
}

type Way = Advice['ways'][number];

function permissions({ platform, port }: ListeningTrouble): readonly Way[] {
  if (platform !== 'linux') return [{ text: 'Start it as an administrator.', commands: [] }];
  return [
    {
      text: 'Let Node listen on such ports:',
      commands: [`sudo setcap cap_net_bind_service=+ep "$(readlink -f "$(command -v node)")"`],
    },
    {
      text: `Or let every program listen from port ${port} on:`,
      commands: [`sudo sysctl net.ipv4.ip_unprivileged_port_start=${port}`],
    },
  ];
}

/** Another port of the machine; for mail the packets are led there, since senders know one port only. */
function elsewhere(trouble: ListeningTrouble): Way {
  const { what, platform, smtpPort, mailAddresses } = trouble;
  if (what === 'dns') {
    return {
      text: `Or use another port: --dns ${trouble.address}#${OTHER_DNS_PORT}. The settings for your resolver follow it.`,
      commands: [],
    };
  }
  if (platform !== 'linux') {
    return {
      text: `Or listen on another port with --listen-port ${OTHER_SMTP_PORT}, and have the firewall lead port ${smtpPort} of these addresses there.`,
      commands: [],
    };
  }
  const families = familiesOf(mailAddresses);
  const ends = families.map(({ name }) => `nft delete table ${name} ${TABLE}`).join(' && ');
  return {
    text: `Or listen on another port with --listen-port ${OTHER_SMTP_PORT}, and have the firewall lead port ${smtpPort} there (“${ends}” ends it):`,
    commands: families.flatMap((family) => redirection(family, smtpPort, OTHER_SMTP_PORT)),
  };
}

const TABLE = 'dane_test';

interface Family {
  /** nft’s word for it. */
  readonly name: 'ip' | 'ip6';
  readonly addresses: readonly string[];
}

function familiesOf(mailAddresses: string): readonly Family[] {
  const all = mailAddresses.split(',');
  const families: readonly Family[] = [
    { name: 'ip', addresses: all.filter((each) => !each.includes(':')) },
    { name: 'ip6', addresses: all.filter((each) => each.includes(':')) },
  ];
  return families.filter(({ addresses }) => addresses.length > 0);
}

/** The first hook is for senders on this machine, the second for those elsewhere; addresses stay as they are. */
function redirection({ name, addresses }: Family, from: number, to: number): readonly string[] {
  const table = `${name} ${TABLE}`;
  const rule = `${name} daddr { ${addresses.join(', ')} } tcp dport ${from} dnat to :${to}`;
  return [
    `sudo nft add table ${table}`,
    `sudo nft 'add chain ${table} here { type nat hook output priority -100 ; }'`,
    `sudo nft 'add chain ${table} elsewhere { type nat hook prerouting priority -100 ; }'`,
    `sudo nft 'add rule ${table} here ${rule}'`,
    `sudo nft 'add rule ${table} elsewhere ${rule}'`,
  ];
}

function otherAddresses({ what, address }: ListeningTrouble): Way {
  return what === 'dns'
    ? {
        text: `Use another address, such as --dns 127.25.0.54#${OTHER_DNS_PORT}, or end the other program.`,
        commands: [],
      }
    : {
        text: `Use other addresses, such as --addresses 127.25.1.1-127.25.1.20, or end the other program. A mail server that listens on every address holds ${address} too: let it listen on its own addresses alone.`,
        commands: [],
      };
}

function missingAddress({ platform, address, what }: ListeningTrouble): Way {
  const option = what === 'dns' ? '--dns' : '--addresses';
  return platform === 'darwin' && address.startsWith('127.')
    ? { text: 'Give it to the machine first:', commands: [`sudo ifconfig lo0 alias ${address}`] }
    : { text: `Name addresses of this machine with ${option}.`, commands: [] };
}
