/** Words of the raw messages. */
import { counted } from './language.ts';

export const raw = {
  waiting: 'No server has been asked by itself yet.',
  none: 'No server was asked by itself, so there is no message to show.',
  question: 'Question',
  servers: 'Servers that were asked',
  silent: 'Nothing came back.',
  whatSilent: (server: string, reason: string) =>
    reason === '' ? `${server} sent nothing that could be kept.` : `${server}: ${reason}`,
  over: (transport: string) => `over ${transport}`,
  octets: (count: number) => counted(count, 'octet', 'octets'),
  fields: 'Fields',
  dump: 'Octets',
  dumpHint: 'Arrow keys move from octet to octet',
  octet: (offset: string, value: string, field: string) => `octet ${offset}: ${value}, ${field}`,
  unread: 'unread',
  whatMessage: (server: string, type: string) => `the answer of ${server} to ${type}`,
  asFields: { name: 'Fields', about: 'each with its octets and value' },
  asHex: { name: 'Hexadecimal', about: 'the octets alone' },
  asDump: { name: 'Dump', about: 'offset, octets and what of them is text' },
  asCommand: { name: 'Command', about: 'dig, which asks for it again' },
  malformed: (count: number) =>
    `${counted(count, 'place', 'places')} in it could not be read as the RFCs say; what could be is named.`,
  showFault: 'Show where',
  faults: {
    'header-cut': 'the message ends within its header',
    'name-cut': 'a name runs out of octets here',
    'name-long': 'a name of more than 255 octets',
    pointer: 'a pointer that does not lead backwards',
    'label-type': 'a label of a kind that does not exist',
    'record-cut': 'the message ends within a record',
    'rdata-cut': 'shorter than the type of the record needs',
    'rdata-left-over': 'octets that the type of the record has no place for',
    'rdata-malformed': 'not what the type of the record asks for',
    'option-cut': 'an option that is cut off',
    'left-over': 'octets behind the last record',
    limit: 'too many fields: from here on they are not named',
  },
};
