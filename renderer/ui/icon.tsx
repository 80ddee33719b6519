/** The icons, drawn on a 16 × 16 grid; status icons differ in shape, not only in colour. */
import type { ReactNode } from 'react';
import type { Tone } from './tone.ts';

export type IconName = keyof typeof DRAWINGS;

export interface IconProps {
  readonly name: IconName;
  readonly size?: number;
  readonly tone?: Tone;
  /** Read out; without it the icon is silent because words stand beside it. */
  readonly label?: string;
}

export function Icon({ name, size = 14, tone, label }: IconProps): ReactNode {
  return (
    <svg
      className={tone === undefined ? 'icon' : `icon tone-${tone}`}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      {DRAWINGS[name]}
    </svg>
  );
}

const DRAWINGS = {
  tick: (
    <>
      <circle cx="8" cy="8" r="6.8" />
      <path d="m5 8.3 2.1 2.1L11 6" />
    </>
  ),
  triangle: (
    <>
      <path d="M8 1.9 14.8 14H1.2Z" />
      <path d="M8 6.4v3.5M8 11.8v.1" />
    </>
  ),
  octagon: (
    <>
      <path d="M5.2 1.3h5.6l3.9 3.9v5.6l-3.9 3.9H5.2l-3.9-3.9V5.2Z" />
      <path d="m5.9 5.9 4.2 4.2M10.1 5.9 5.9 10.1" />
    </>
  ),
  ring: <circle cx="8" cy="8" r="6.6" strokeDasharray="2.7 2.480" strokeLinecap="butt" />,
  question: (
    <>
      <circle cx="8" cy="8" r="6.8" strokeDasharray="2.7 2.480" strokeLinecap="butt" />
      <path d="M6.2 6.3a1.9 1.9 0 1 1 2.7 1.9c-.600.3-.9.6-.9 1.3M8 11.6v.1" />
    </>
  ),
  send: (
    <>
      <path d="M14.3 1.7 1.7 6.6l4.8 2.9 2.9 4.8Z" />
      <path d="M14.3 1.7 6.5 9.5" />
    </>
  ),
  lock: (
    <>
      <rect x="3" y="7" width="10" height="7.2" rx="1.7" />
      <path d="M5.3 7V5a2.7 2.7 0 0 1 5.4 0v2" />
    </>
  ),
  unlocked: (
    <>
      <rect x="3" y="7" width="10" height="7.2" rx="1.7" />
      <path d="M5.3 7V5a2.7 2.7 0 0 1 5-1.4" />
    </>
  ),
  search: (
    <>
      <circle cx="7" cy="7" r="4.8" />
      <path d="m10.6 10.6 3.9 3.9" />
    </>
  ),
  gear: (
    <>
      <circle cx="8" cy="8" r="2.3" />
      <path d="M8 1.5v2M8 12.5v2M1.5 8h2M12.5 8h2M3.4 3.4l1.4 1.4M11.2 11.2l1.4 1.4M12.6 3.4l-1.4 1.4M4.8 11.2l-1.4 1.4" />
    </>
  ),
  flask: (
    <path d="M6 1.8h4M6.8 1.8v4.4L2.6 13a1 1 0 0 0 .9 1.5h9a1 1 0 0 0 .9-1.5L9.2 6.2V1.8M4.6 10.3h6.8" />
  ),
  sun: (
    <>
      <circle cx="8" cy="8" r="3" />
      <path d="M8 1.2v1.3M8 13.5v1.3M1.2 8h1.3M13.5 8h1.3M3.2 3.2l.9.9M11.9 11.9l.9.9M12.8 3.2l-.9.9M4.1 11.9l-.9.9" />
    </>
  ),
  moon: <path d="M13.5 9.6A5.8 5.8 0 0 1 6.4 2.5a5.8 5.8 0 1 0 7.1 7.1Z" />,
  fit: <path d="M2 5.5V2h3.5M10.5 2H14v3.5M14 10.5V14h-3.5M5.5 14H2v-3.5" />,
  fold: <path d="M2 8h12M5.5 2.500 8 5l2.500-2.500M5.500 13.500 8 11l2.500 2.500" />,
  unfold: <path d="M2 8h12M5.500 4.500 8 2l2.500 2.500M5.500 11.500 8 14l2.500-2.500" />,
  plus: <path d="M8 3v10M3 8h10" />,
  minus: <path d="M3 8h10" />,
  close: <path d="m3.5 3.5 9 9M12.5 3.5l-9 9" />,
  up: <path d="m3.5 10 4.5-4.5L12.5 10" />,
  down: <path d="m3.5 6 4.5 4.5L12.5 6" />,
  right: <path d="M6 3.5 10.5 8 6 12.5" />,
  'file-plus': (
    <>
      <path d="M9.2 1.5H4.4a1.2 1.2 0 0 0-1.2 1.2v10.6a1.2 1.2 0 0 0 1.2 1.2h7.2a1.2 1.2 0 0 0 1.2-1.2V5.1Z" />
      <path d="M9.2 1.5v3.600h3.600M8 7.500v4M6 9.500h4" />
    </>
  ),
  certificate: (
    <>
      <path d="M13.8 9.600V3.200a1.2 1.2 0 0 0-1.2-1.200H3.400a1.2 1.2 0 0 0-1.2 1.200v7.200a1.2 1.2 0 0 0 1.2 1.200h3.400M5 5.200h6M5 8h2.6" />
      <circle cx="10.6" cy="9.6" r="2.3" />
      <path d="m9.3 11.7-.5 3 1.8-1 1.8 1-.5-3" />
    </>
  ),
  key: (
    <>
      <circle cx="5" cy="11" r="3.2" />
      <path d="m7.4 8.6 6.1-6.100M11 5l2.2 2.200M9 7l1.6 1.6" />
    </>
  ),
  save: <path d="M8 2v8M4.8 7 8 10.2 11.2 7M2.5 12v1.200a1 1 0 0 0 1 1h9a1 1 0 0 0 1-1V12" />,
  list: (
    <path d="M2.2 3.500h.1M2.2 8h.1M2.2 12.500h.1M5.500 3.500h8.300M5.500 8h8.300M5.500 12.500h8.300" />
  ),
  cycle: (
    <>
      <path d="M2 6.800a6.1 6.1 0 0 1 11.3-1.600M14 9.200a6.1 6.1 0 0 1-11.3 1.6" />
      <path d="M13.9 1.900v3.400h-3.400M2.1 14.100v-3.400h3.4" />
    </>
  ),
  eye: (
    <>
      <path d="M1.2 8S3.600 3.200 8 3.200 14.800 8 14.800 8 12.400 12.800 8 12.800 1.200 8 1.200 8Z" />
      <circle cx="8" cy="8" r="2.2" />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="6.5" />
      <path d="M8 4.3V8l2.5 1.7" />
    </>
  ),
} as const;
