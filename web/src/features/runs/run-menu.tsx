'use client';

import { Download, Ellipsis, ExternalLink, GitCompareArrows } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../../components/button.tsx';
import { Menu, MenuLink } from '../../components/menu.tsx';
import { Link } from '../../i18n/navigation.ts';
import { compareAddress } from './compare-address.ts';

interface MenuProps {
  runId: string;
  /** The earlier run that this one does again. */
  rerunOf: string | null;
  /** Where Temporal shows the run; null for those whom it does not concern. */
  temporalUrl: string | null;
}

/** What else can be done with a run. */
export function RunMenu({ runId, rerunOf, temporalUrl }: MenuProps) {
  const t = useTranslations('RunMenu');
  return (
    <Menu
      trigger={
        <Button aria-label={t('title')} className="px-2">
          <Ellipsis size={17} aria-hidden="true" />
        </Button>
      }
    >
      {rerunOf === null ? null : (
        <MenuLink>
          <Link href={compareAddress({ left: rerunOf, right: runId })}>
            <GitCompareArrows size={16} aria-hidden="true" /> {t('compareEarlier')}
          </Link>
        </MenuLink>
      )}
      <MenuLink>
        <Link href={compareAddress({ left: runId })}>
          <GitCompareArrows size={16} aria-hidden="true" /> {t('compare')}
        </Link>
      </MenuLink>
      <MenuLink>
        <a href={`/api/run-export?id=${encodeURIComponent(runId)}`} download>
          <Download size={16} aria-hidden="true" /> {t('download')}
        </a>
      </MenuLink>
      {temporalUrl === null ? null : (
        <MenuLink>
          <a href={temporalUrl} target="_blank" rel="noreferrer">
            <ExternalLink size={16} aria-hidden="true" /> {t('temporal')}
          </a>
        </MenuLink>
      )}
    </Menu>
  );
}
