import { cookies } from 'next/headers';
import { getTimeZone, getTranslations } from 'next-intl/server';
import { PageHeader } from '../../../../components/page-header.tsx';
import { Preferences } from '../../../../features/settings/preferences.tsx';
import { SessionsList } from '../../../../features/settings/sessions-list.tsx';
import { loadViewer } from '../../../../features/shell/viewer.ts';
import { THEME_COOKIE, themeOf } from '../../../../lib/preferences.ts';

export async function generateMetadata() {
  const t = await getTranslations('Settings');
  return { title: t('title') };
}

export default async function SettingsPage() {
  const t = await getTranslations('Settings');
  const roles = await getTranslations('Roles');
  const { data } = await loadViewer();
  const theme = themeOf((await cookies()).get(THEME_COOKIE)?.value);
  const zones = [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', await getTimeZone()])].sort();
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      {data?.viewer.person ? (
        <dl className="mb-8 grid max-w-md grid-cols-[auto_1fr] gap-x-6 gap-y-2 [&_dt]:text-aside">
          <dt>{t('name')}</dt>
          <dd>
            <bdi>{data.viewer.person.name}</bdi>
          </dd>
          <dt>{t('email')}</dt>
          <dd className="break-all">{data.viewer.person.email}</dd>
          <dt>{t('organisation')}</dt>
          <dd>
            <bdi>{data.viewer.organisation.name}</bdi>
          </dd>
          <dt>{t('roles')}</dt>
          <dd>{data.viewer.roles.map((role) => roles(role)).join(', ')}</dd>
        </dl>
      ) : null}
      <Preferences theme={theme} zones={zones} />
      <SessionsList />
    </>
  );
}
