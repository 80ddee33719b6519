/** Why the outbound test cannot listen where it should, and what to do about it. */

export interface ListeningTrouble {
  /** Whose options or fields are named, and who may be given permissions. */
  readonly asker: 'command-line' | 'window';
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
  const { what, address, port, code, platform } = trouble;
  const service = what === 'dns' ? 'name server' : 'mail servers';
  const place = `${address}, port ${port}`;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return {
        trouble:
          port < FIRST_FREE_PORT && platform !== 'win32'
            ? `The ${service} may not listen on ${place}: the system keeps ports below ${FIRST_FREE_PORT} for itself.`
            : `The system does not let the ${service} listen on ${place}.`,
        ways: oneOf([...permissions(trouble), elsewhere(trouble)]),
      };
    case 'EADDRINUSE':
      return {
        trouble: `Another program listens on ${place} already.`,
        ways: oneOf([otherAddresses(trouble), elsewhere(trouble)]),
      };
    case 'EADDRNOTAVAIL':
      return {
        trouble: `This machine has no address ${address}.`,
        ways: oneOf([missingAddress(trouble)]),
      };
    default:
      return { trouble: `The ${service} cannot listen on ${place} (${code}).`, ways: [] };
  }
}

type Way = Advice['ways'][number];

/** They begin small. */
export function oneOf(ways: readonly Way[]): readonly Way[] {
  return ways.map(({ text, commands }, at) => ({
    text: at === 0 ? `${text.slice(0, 1).toUpperCase()}${text.slice(1)}` : `Or ${text}`,
    commands,
  }));
}

function permissions({ asker, what, platform, port }: ListeningTrouble): readonly Way[] {
  if (platform === 'win32') {
    const protocol = what === 'dns' ? 'udp' : 'tcp';
    return [
      {
        text: 'see which ports Windows keeps for itself (another program may hold this one, too):',
        commands: [`netsh interface ipv4 show excludedportrange protocol=${protocol}`],
      },
    ];
  }
  // Elsewhere ports from 1024 on need no permission, and nothing here would give it.
  if (port >= FIRST_FREE_PORT) return [];
  if (platform !== 'linux') {
    // A window that may do everything is not to be had.
    return asker === 'window' ? [] : [{ text: 'start it as an administrator.', commands: [] }];
  }
  const everybody: Way = {
    text: `let every program listen from port ${port} on, until the machine restarts:`,
    commands: [`sudo sysctl net.ipv4.ip_unprivileged_port_start=${port}`],
  };
  // With capabilities Electron starts no more: the loader then passes over the libraries beside it (ld.so(8), $ORIGIN).
  if (asker === 'window') return [everybody];
  return [NODE_MAY_LISTEN, everybody];
}

const OWN_NODE = '"$(readlink -f "$(command -v node)")"';

/** Begins small, as they all do. */
export const NODE_MAY_LISTEN: Way = {
  text: `let Node listen on such ports (“sudo setcap -r ${OWN_NODE}” ends it):`,
  commands: [`sudo setcap cap_net_bind_service=+ep ${OWN_NODE}`],
};

/** Another port of the machine; for mail the packets are led there, since senders know one port only. */
function elsewhere(trouble: ListeningTrouble): Way {
  const { what, platform, smtpPort, mailAddresses, address } = trouble;
  if (what === 'dns') {
    const place = set(trouble, 'nameServer', `${address}#${otherThan(trouble, OTHER_DNS_PORT)}`);
    return {
      text: `use another port: ${place}. The settings for your resolver follow it.`,
      commands: [],
    };
  }
  const other = otherThan(trouble, OTHER_SMTP_PORT);
  const port = set(trouble, 'listenPort', `${other}`);
  if (platform !== 'linux') {
    return {
      text: `listen on another port (${port}), and have the firewall lead port ${smtpPort} of these addresses there.`,
      commands: [],
    };
  }
  const families = familiesOf(mailAddresses);
  const ends = families.map(({ name }) => `sudo nft delete table ${name} ${TABLE}`).join(' && ');
  return {
    text: `listen on another port (${port}), and have the firewall lead port ${smtpPort} there (“${ends}” ends it):`,
    commands: families.flatMap((family) => redirection(family, smtpPort, other)),
  };
}

/** The proposed one may be the very one. */
function otherThan({ port }: ListeningTrouble, proposed: number): number {
  return port === proposed ? proposed + 1 : proposed;
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

function otherAddresses(trouble: ListeningTrouble): Way {
  if (trouble.what === 'dns') {
    const place = set(trouble, 'nameServer', `127.25.0.54#${OTHER_DNS_PORT}`);
    return {
      text: `use another address (such as ${place}), or end the other program.`,
      commands: [],
    };
  }
  const place = set(trouble, 'addresses', '127.25.1.1-127.25.1.20');
  return {
    text: `use other addresses (such as ${place}), if the other program holds ${trouble.address} alone. A mail server that listens on every address holds those too: let it listen on its own alone (inet_interfaces of Postfix, which then has to be stopped and started), or end it.`,
    commands: [],
  };
}

function missingAddress(trouble: ListeningTrouble): Way {
  const { platform, address, what } = trouble;
  if (platform === 'darwin' && address.startsWith('127.'))
    return {
      text: 'give it to the machine first:',
      commands: [`sudo ifconfig lo0 alias ${address}`],
    };
  const { option, field } = NAMES[what === 'dns' ? 'nameServer' : 'addresses'];
  const where = trouble.asker === 'window' ? `in “${field}”` : `with ${option}`;
  return { text: `name addresses of this machine ${where}.`, commands: [] };
}

type Setting = 'nameServer' | 'addresses' | 'listenPort';

/** Options of the command line, and the fields of the window as they are labelled there. */
const NAMES: Readonly<Record<Setting, { readonly option: string; readonly field: string }>> = {
  nameServer: { option: '--dns', field: 'Name server' },
  addresses: { option: '--addresses', field: 'Mail servers' },
  listenPort: { option: '--listen-port', field: 'Port to listen on' },
};

/** What is to be put where. */
function set({ asker }: ListeningTrouble, setting: Setting, value: string): string {
  const { option, field } = NAMES[setting];
  return asker === 'window' ? `“${field}”: ${value}` : `${option} ${value}`;
}
