'use client';

import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { Checkbox, Select } from '../../components/input.tsx';
import { useRouter } from '../../i18n/navigation.ts';
import { RUN_STATUSES } from './run-states.ts';
import { runsAddress, type WantedRuns } from './wanted-runs.ts';

interface RunFiltersProps {
  wanted: WantedRuns;
  workflows: { id: string; name: string }[];
}

/** Narrows the list of runs. What is chosen stands in the address, so that it can be kept and shared. */
export function RunFilters({ wanted, workflows }: RunFiltersProps) {
  const t = useTranslations('Runs');
  const states = useTranslations('RunStatus');
  const router = useRouter();
  const [isBusy, start] = useTransition();
  const choose = (name: keyof WantedRuns, value: string): void =>
    start(() => router.push(runsAddress({ ...wanted, [name]: value === '' ? undefined : value })));
  return (
    <search className="mb-3 flex flex-wrap items-center gap-2" aria-busy={isBusy}>
      <Select
        aria-label={t('state')}
        value={wanted.status ?? ''}
        onChange={(event) => choose('status', event.target.value)}
      >
        <option value="">{t('anyState')}</option>
        {RUN_STATUSES.map((status) => (
          <option key={status} value={status}>
            {states(status)}
          </option>
        ))}
      </Select>
      <Select
        aria-label={t('workflow')}
        value={wanted.workflow ?? ''}
        onChange={(event) => choose('workflow', event.target.value)}
        className="max-w-64"
      >
        <option value="">{t('anyWorkflow')}</option>
        {workflows.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <Select
        aria-label={t('period')}
        value={wanted.since ?? ''}
        onChange={(event) => choose('since', event.target.value)}
      >
        <option value="">{t('anyTime')}</option>
        <option value="hour">{t('lastHour')}</option>
        <option value="day">{t('lastDay')}</option>
        <option value="week">{t('lastWeek')}</option>
      </Select>
      <Checkbox
        label={t('mine')}
        checked={wanted.mine === 'yes'}
        onChange={(event) => choose('mine', event.target.checked ? 'yes' : '')}
      />
    </search>
  );
}
