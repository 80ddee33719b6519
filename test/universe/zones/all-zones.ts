// Every zone of the universe, parents before children.
import { DYNAMIC } from './dynamic.ts';
import { FAULTY } from './faulty.ts';
import { INFRASTRUCTURE } from './infrastructure.ts';
import { MAIL_SERVER_ZONES } from './mail-servers.ts';
import { RECORDS } from './records.ts';
import { SERVER_FAULT_ZONES } from './server-faults.ts';
import { SOUND } from './sound.ts';
import { WITHOUT_DANE } from './without-dane.ts';
import type { ZonePlan } from './zone-plan.ts';

export const ALL_ZONES: readonly ZonePlan[] = [
  ...INFRASTRUCTURE,
  ...SOUND,
  ...WITHOUT_DANE,
  ...FAULTY,
  ...RECORDS,
  ...SERVER_FAULT_ZONES,
  ...MAIL_SERVER_ZONES,
  ...DYNAMIC,
];
