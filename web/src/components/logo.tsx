/** The mark: a thread that turns and passes through a gate. */
export function Logo({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 22 22" fill="none" aria-hidden="true" focusable="false">
      <path d="M4 2v12.5c0 2.5 1.5 4 4 4h10" stroke="var(--thread)" strokeWidth="2.4" strokeLinecap="round" />
      <circle cx="13" cy="18.5" r="3" fill="var(--ink-0)" stroke="var(--wait)" strokeWidth="2" />
    </svg>
  );
}
