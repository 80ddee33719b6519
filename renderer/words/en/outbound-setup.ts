/** Words of the three steps that put a mail server to the test. */
import { counted } from './language.ts';

export const outboundSetup = {
  path: 'Steps',
  fold: 'Fold',
  apply: 'Then run',
  applyCommand: 'the command',
  next: (title: string) => `Next: ${title}`,
  resolver: {
    title: 'Resolver',
    lead: (base: string) =>
      `The resolver of your mail server has to ask this test for ${base}, and to trust its key.`,
    software: 'Resolver software',
    settings: (software: string) => `the settings for ${software}`,
    check: {
      title: 'Does it see the zone?',
      field: 'Resolver',
      placeholder: 'those of this machine',
      hint: 'ADDRESS or ADDRESS#PORT; left empty, the resolvers that this machine uses are asked.',
      button: 'Check',
      asking: 'Asking; a resolver that does not answer takes some seconds…',
    },
    states: {
      unasked: 'not checked yet',
      ready: 'ready',
      'no-answer': 'does not answer',
      'not-found': 'does not know the zone',
      fails: 'finds nothing of use',
      'not-trusted': 'does not validate',
      'bit-lost': 'AD is lost',
      'takes-forged': 'takes what is forged',
      mixed: (ready: number, all: number) => `${ready} of ${all} ready`,
    },
  },
  mailServer: {
    title: 'Mail server',
    lead: 'It has to ask that resolver, and no other.',
    resolver: (address: string) => `The text names the resolver at ${address}: that of step 1.`,
    otherPort: (port: number) =>
      `That resolver answers on port ${port}. Mail servers ask port 53 alone: let it listen there too, or another one is asked, and the verdict is on that.`,
    software: 'Mail software',
    settings: (where: string) => `the settings for ${where}`,
    tried: 'tried out with this test',
    documented: 'from its documentation, not tried out',
  },
  send: {
    title: 'Send',
    lead: (count: number) =>
      `Send one mail to all ${counted(count, 'recipient', 'recipients')}, by the mail server that is tested. What is in it does not matter, and is not kept.`,
    leadOne: 'Send one mail to the recipient, by the mail server that is tested.',
    recipients: 'Recipients',
    copyAll: 'Copy all recipients',
    copied: 'Copied',
    sender: 'From',
    senderHint: 'Where your mail server would send what it cannot deliver. Any address will do.',
    senderRefused: 'It takes one mail address, such as postmaster@localhost.',
    command: (name: string) => `With ${name}`,
    commandFor: (name: string) => `the command for ${name}`,
    save: 'Save as .eml…',
    saveHint: 'A mail to open with a mail program, or to give to one',
    count: (count: number) => counted(count, 'recipient', 'recipients'),
    seen: 'mail was seen',
    somebody: 'somebody connected',
    retry:
      'A mail server that tried before may hold such domains back. Take new recipients then, or let it empty its queue.',
  },
};
