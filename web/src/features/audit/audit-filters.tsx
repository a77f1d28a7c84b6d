'use client';

import { useTranslations } from 'next-intl';
import { useState, useTransition, type FormEvent } from 'react';
import { Button } from '../../components/button.tsx';
import { Input, Select } from '../../components/input.tsx';
import { useRouter } from '../../i18n/navigation.ts';
import { withQuery } from '../../lib/search-params.ts';
import { typedIn } from '../../lib/typed-in.ts';
import { PERIODS, type Period, type WantedEvents } from './wanted-events.ts';

interface AuditFiltersProps {
  wanted: WantedEvents;
  people: { id: string; name: string }[];
}

const OWN_PERIOD = 'own';

/** Narrows the audit log. What is chosen stands in the address, so that it can be kept and shared. */
export function AuditFilters({ wanted, people }: AuditFiltersProps) {
  const t = useTranslations('Audit');
  const router = useRouter();
  const [isBusy, start] = useTransition();
  const hasOwn = wanted.from !== undefined || wanted.until !== undefined;
  const [period, setPeriod] = useState<string>(hasOwn ? OWN_PERIOD : (wanted.since ?? ''));
  const isKnown = wanted.actor === undefined || people.some(({ id }) => id === wanted.actor);
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const names = ['actor', 'action', 'target', 'from', 'until'] as const;
    const given = Object.fromEntries(names.map((name) => [name, typedIn(form, name).trim() || undefined]));
    const since = period === OWN_PERIOD || period === '' ? undefined : period;
    start(() => router.push(withQuery('/audit', { ...given, since })));
  };
  return (
    <search className="mb-3" aria-busy={isBusy}>
      <form onSubmit={send} className="flex flex-wrap items-end gap-2">
        <Labelled label={t('actor')}>
          <Select name="actor" defaultValue={wanted.actor ?? ''} className="max-w-56">
            <option value="">{t('anybody')}</option>
            {isKnown ? null : <option value={wanted.actor}>{wanted.actor}</option>}
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Labelled>
        <Labelled label={t('action')}>
          <Input
            name="action"
            defaultValue={wanted.action}
            placeholder={t('actionExample')}
            className="w-40"
          />
        </Labelled>
        <Labelled label={t('target')}>
          <Input name="target" defaultValue={wanted.target} className="w-52 font-mono" />
        </Labelled>
        <Labelled label={t('period')}>
          <Select value={period} onChange={(event) => setPeriod(event.target.value)}>
            <option value="">{t('anyTime')}</option>
            {(Object.keys(PERIODS) as Period[]).map((name) => (
              <option key={name} value={name}>
                {t(`periods.${name}`)}
              </option>
            ))}
            <option value={OWN_PERIOD}>{t('ownPeriod')}</option>
          </Select>
        </Labelled>
        {period === OWN_PERIOD ? (
          <>
            <Labelled label={t('from')}>
              <Input type="datetime-local" name="from" defaultValue={wanted.from} className="w-auto" />
            </Labelled>
            <Labelled label={t('until')}>
              <Input type="datetime-local" name="until" defaultValue={wanted.until} className="w-auto" />
            </Labelled>
          </>
        ) : null}
        <Button type="submit" isBusy={isBusy}>
          {t('apply')}
        </Button>
      </form>
    </search>
  );
}

function Labelled({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <label className="flex flex-col gap-1 text-12 text-aside">
      {label}
      {children}
    </label>
  );
}
