import { PageHeader } from './page-header.tsx';
import { SkeletonList } from './skeleton.tsx';

/** A page whose list is being read: its head is there already. */
export function SkeletonPage({ title, lead, label }: { title: string; lead?: string; label: string }) {
  return (
    <>
      <PageHeader title={title} lead={lead} />
      <SkeletonList label={label} />
    </>
  );
}
