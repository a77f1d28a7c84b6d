import { getTranslations } from 'next-intl/server';
import { ErrorState } from '../../components/error-state.tsx';
import { JsonView } from '../../components/json-view.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { loadStep } from './loaders.ts';

/** What went into a step and what came out of it, or why not. */
export async function StepValues({ runId, path }: { runId: string; path: string }) {
  const t = await getTranslations('Inspector');
  const { data: values, problem } = await loadStep(runId, path);
  if (problem !== null) return <ErrorState problem={problem} />;
  const json = { cut: t('cut') };
  const tabs = [
    ...(values?.error
      ? [{ id: 'error', title: t('error'), content: <StepError error={values.error} /> }]
      : []),
    {
      id: 'output',
      title: t('output'),
      content: <JsonView value={values?.output ?? null} label={t('output')} {...json} />,
    },
    {
      id: 'input',
      title: t('input'),
      content: <JsonView value={values?.input ?? null} label={t('input')} {...json} />,
    },
  ];
  return <Tabs label={t('values')} tabs={tabs} />;
}

function StepError({ error }: { error: { code: string; message: string } }) {
  return (
    <div className="rounded-1 border border-fail/50 p-3 text-13">
      <code className="font-mono text-12 text-fail">{error.code}</code>
      <p className="mt-1 break-words">{error.message}</p>
    </div>
  );
}
