'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { ClassBadge } from '../../components/class-badge.tsx';
import { classNames } from '../../components/class-names.ts';
import { StateBadge } from '../../components/state-badge.tsx';
import { When } from '../../components/when.tsx';
import { plainKey } from '../../components/plain-key.ts';
import { Link, useRouter } from '../../i18n/navigation.ts';
import { withQuery } from '../../lib/search-params.ts';
import { APPROVAL_TONES } from './approval-tones.ts';
import type { Progress } from './approval-progress.ts';
import type { ApprovalView, ListedApproval } from './loaders.ts';

/** A request of the list, with how far it is. */
type Listed = ListedApproval & { progress: Progress };

interface ListProps {
  approvals: Listed[];
  view: ApprovalView;
  openId: string | null;
}

/** The requests of a view. J and K move through them. */
export function ApprovalList({ approvals, view, openId }: ListProps) {
  const t = useTranslations('Approvals');
  const words = useTranslations('Approval');
  const states = useTranslations('ApprovalStatus');
  const list = useRef<HTMLUListElement>(null);
  useMoving(approvals, view, openId);
  useEffect(() => {
    list.current?.querySelector('[aria-current=true]')?.scrollIntoView({ block: 'nearest' });
  }, [openId]);
  return (
    <ul
      ref={list}
      aria-label={t('title')}
      className="overflow-hidden rounded-2 border border-line-soft bg-ink-1"
    >
      {approvals.map(({ id, title, class: grade, status, requestedAt, run, progress }) => (
        <li key={id} className="border-b border-line-soft last:border-0">
          <Link
            href={withQuery('/approvals', { view, open: id })}
            scroll={false}
            aria-current={id === openId ? 'true' : undefined}
            className={classNames('block px-3.5 py-2.5', id === openId ? 'bg-ink-3' : 'hover:bg-ink-2')}
          >
            <span className="flex items-start justify-between gap-3">
              <bdi className="min-w-0 font-medium break-words">{title}</bdi>
              <ClassBadge grade={grade} />
            </span>
            <span className="mt-1 flex flex-wrap items-center gap-x-3 text-12 text-aside">
              {status === 'PENDING' ? (
                <span>{words('progress', { given: progress.given, needed: progress.needed })}</span>
              ) : (
                <StateBadge tone={APPROVAL_TONES[status]} word={states(status)} isBare />
              )}
              <bdi>{run.workflowName}</bdi>
              <When at={requestedAt} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function useMoving(approvals: Listed[], view: ApprovalView, openId: string | null): void {
  const router = useRouter();
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const step = { j: 1, k: -1 }[plainKey(event) ?? ''];
      if (step === undefined) return;
      const at = approvals.findIndex(({ id }) => id === openId);
      const next = approvals[at === -1 ? 0 : at + step];
      if (next) router.replace(withQuery('/approvals', { view, open: next.id }), { scroll: false });
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [approvals, view, openId, router]);
}
