import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { StateBadge } from '../../components/state-badge.tsx';
import { When } from '../../components/when.tsx';
import { RoleNames } from '../members/role-names.tsx';
import { KEY_TONES, keyState, opens } from './key-state.ts';
import type { ListedKey } from './loaders.ts';
import { RevokeKey } from './revoke-key.tsx';

/** The cells of one API key. */
export async function keyCells(key: ListedKey, canWrite: boolean): Promise<ReactNode[]> {
  const t = await getTranslations('Keys');
  const state = keyState(key, Date.now());
  return [
    <span key="name">
      <bdi className="font-medium">{key.name}</bdi>
      <code dir="ltr" className="block font-mono text-12 text-aside">
        {key.prefix}…
      </code>
    </span>,
    <StateBadge key="state" tone={KEY_TONES[state]} word={t(`states.${state}`)} isBare />,
    key.person === null ? (
      <span key="for" className="text-explain">
        {t('noPerson')}
      </span>
    ) : (
      <bdi key="for">{key.person.name}</bdi>
    ),
    <RoleNames key="roles" roles={key.roles} />,
    key.lastUsedAt === null ? <None key="used" word={t('never')} /> : <When key="used" at={key.lastUsedAt} />,
    key.expiresAt === null ? <None key="ends" word={t('never')} /> : <When key="ends" at={key.expiresAt} />,
    ...(canWrite
      ? [opens(state) ? <RevokeKey key="end" id={key.id} name={key.name} prefix={key.prefix} /> : null]
      : []),
  ];
}

function None({ word }: { word: string }) {
  return <span className="text-aside">{word}</span>;
}
