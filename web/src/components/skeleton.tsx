/** The place of something that is being read, as large as what will come. */
export function Skeleton({ className = 'h-4 w-full' }: { className?: string }) {
  return <div aria-hidden="true" className={`animate-pulse rounded-1 bg-ink-3/70 ${className}`} />;
}

/** The place of a list that is being read. */
export function SkeletonList({ label, rows = 8 }: { label: string; rows?: number }) {
  return (
    <div role="status" className="overflow-hidden rounded-2 border border-line-soft bg-ink-1">
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, i) => (
        <div key={i} className="flex h-9 items-center gap-6 border-b border-line-soft px-3 last:border-0">
          <Skeleton className="h-3 w-24" />
          <Skeleton className="h-3 w-2/5" />
          <Skeleton className="ms-auto h-3 w-20" />
        </div>
      ))}
    </div>
  );
}
