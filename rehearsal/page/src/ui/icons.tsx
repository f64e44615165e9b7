const paths = {
  back: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12M18 6L6 18',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  bolt: 'M13 3L5 14h6l-1 7 8-11h-6l1-7Z',
  send: 'M4 12l16-7-6 16-3-7-7-2Z',
  hash: 'M9 4L7 20M17 4l-2 16M4 9h16M3.5 15h16',
  lock: 'M7 11V8a5 5 0 0 1 10 0v3M5.5 11h13v9h-13z',
  shared: 'M7 8a3 3 0 1 0 0 6h4M17 10a3 3 0 1 1 0 6h-4M8.5 12h7',
  people:
    'M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM3 19c0-3 2.5-5 6-5s6 2 6 5M16 5.5a3 3 0 0 1 0 5.5M17.5 14.2c2.2.6 3.5 2.300 3.5 4.800',
  reply: 'M4 5h16v11H9l-5 4z',
  smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8.5 14.5c1.800 2.300 5.2 2.300 7 0M9 9.5h.01M15 9.5h.01',
  plus: 'M12 5v14M5 12h14',
  pin: 'M9 4h6l-1 6 3 3H7l3-3-1-6ZM12 13v7',
  down: 'M6 9l6 6 6-6',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  warning: 'M12 4l9 16H3L12 4ZM12 10v4M12 17h.01',
  external: 'M14 5h5v5M19 5l-8 8M17 14v5H5V7h5',
  bell: 'M12 4a5.5 5.5 0 0 0-5.5 5.5c0 5.5-2.5 7-2.5 7h16s-2.5-1.5-2.5-7A5.5 5.5 0 0 0 12 4ZM9.5 19.5a2.5 2.5 0 0 0 5 0',
} as const

export type IconName = keyof typeof paths

/** A line drawing beside words; it says nothing to a screen reader. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 3 : 1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  )
}
