import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { StateBadge } from '../../components/state-badge.tsx';
import { When } from '../../components/when.tsx';
import { settingText } from './connection-content.ts';
import { ConnectionControls } from './connection-controls.tsx';
import type { ListedConnection } from './loaders.ts';

/** The cells of one connection. */
export async function connectionCells(connection: ListedConnection, canWrite: boolean): Promise<ReactNode[]> {
  const t = await getTranslations('Connections');
  const { settings, secretFields } = connection;
  const requests = settingText(settings, 'rateLimit', 'requests');
  return [
    <span key="name">
      <bdi className="font-medium">{connection.name}</bdi>
      <span className="block text-12 text-aside">{t(`kinds.${connection.kind}`)}</span>
    </span>,
    <code key="where" dir="ltr" className="font-mono text-12 break-all">
      {placeOf(connection)}
    </code>,
    secretFields.length === 0 ? (
      <StateBadge key="secrets" tone="idle" word={t('notSet')} isBare />
    ) : (
      <span key="secrets" title={secretFields.join(', ')}>
        <StateBadge tone="ok" word={t('set')} isBare />
        <span className="block font-mono text-12 text-aside">{secretFields.join(', ')}</span>
      </span>
    ),
    requests === '' ? (
      <span key="limit" className="text-aside">
        {t('noLimit')}
      </span>
    ) : (
      t('limit', {
        requests: Number(requests),
        seconds: Number(settingText(settings, 'rateLimit', 'perSeconds')),
      })
    ),
    <span key="changed">
      <When at={connection.rotatedAt ?? connection.createdAt} />
      {connection.createdBy === null || connection.rotatedAt !== null ? null : (
        <span className="block text-12 text-aside">
          <bdi>{connection.createdBy.name}</bdi>
        </span>
      )}
    </span>,
    ...(canWrite ? [<ConnectionControls key="controls" connection={connection} />] : []),
  ];
}

function placeOf({ kind, settings }: ListedConnection): string {
  if (kind === 'HTTP') return settingText(settings, 'baseUrl');
  const port = settingText(settings, 'port');
  const host = `${settingText(settings, 'host')}${port === '' ? '' : `:${port}`}`;
  return kind === 'SMTP'
    ? host
    : `${settingText(settings, 'user')}@${host}/${settingText(settings, 'database')}`;
}
