import { Layers } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { buttonLook } from '../../components/button.tsx';
import { Link } from '../../i18n/navigation.ts';
import { withQuery } from '../../lib/search-params.ts';
import { alikeIn } from './alike-in.ts';
import type { ListedApproval } from './loaders.ts';

interface AlikeGroupsProps {
  approvals: ListedApproval[];
  /** The plan whose requests are open beside the list. */
  openHash: string | null;
}

/** Requests of the list that ask for exactly the same, each group with the way to decide them at once. */
export async function AlikeGroups({ approvals, openHash }: AlikeGroupsProps) {
  const t = await getTranslations('Together');
  return alikeIn(approvals).map(({ contentHash, title, count }) => (
    <section
      key={contentHash}
      className="mb-3 flex flex-wrap items-center justify-between gap-3 rounded-2 border border-line bg-ink-1 px-3.5 py-2.5"
    >
      <div className="flex min-w-0 flex-1 items-start gap-2.5">
        <Layers size={16} aria-hidden="true" className="mt-0.5 shrink-0 text-aside" />
        <div className="min-w-0">
          <p className="text-13 font-medium">{t('count', { count })}</p>
          <p className="truncate text-12 text-aside">
            <bdi>{title}</bdi>
          </p>
        </div>
      </div>
      <Link
        href={withQuery('/approvals', { view: 'mine', same: contentHash })}
        scroll={false}
        aria-current={contentHash === openHash ? 'true' : undefined}
        className={buttonLook()}
      >
        {t('open')}
        <span className="sr-only">
          <bdi>{title}</bdi>
        </span>
      </Link>
    </section>
  ));
}
