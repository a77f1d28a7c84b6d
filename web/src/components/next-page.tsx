import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Link } from '../i18n/navigation.ts';
import { buttonLook } from './button.tsx';

interface NextPageProps {
  /** Where the following page is; null on the last one. */
  next: string | null;
  /** Where the list begins; null on its first page. */
  first: string | null;
  words: { next: string; first: string; label: string };
}

/** Ways through a long list. */
export function NextPage({ next, first, words }: NextPageProps) {
  if (next === null && first === null) return null;
  return (
    <nav aria-label={words.label} className="mt-3 flex justify-end gap-2">
      {first === null ? null : (
        <Link href={first} className={buttonLook()}>
          <ChevronLeft size={15} aria-hidden="true" className="rtl:-scale-x-100" />
          {words.first}
        </Link>
      )}
      {next === null ? null : (
        <Link href={next} className={buttonLook()}>
          {words.next}
          <ChevronRight size={15} aria-hidden="true" className="rtl:-scale-x-100" />
        </Link>
      )}
    </nav>
  );
}
