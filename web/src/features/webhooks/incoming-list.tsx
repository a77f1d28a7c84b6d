import { getTranslations } from 'next-intl/server';
import { CopyButton } from '../../components/copy-button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { StackTable } from '../../components/stack-table.tsx';
import { Link } from '../../i18n/navigation.ts';
import { hiddenAddress } from './hidden-address.ts';
import { loadAddresses } from './loaders.ts';

/** The addresses that start workflows when they are called. */
export async function IncomingList() {
  const t = await getTranslations('Webhooks');
  const forms = await getTranslations('Forms');
  const { data, problem } = await loadAddresses();
  if (problem !== null) return <ErrorState problem={problem} />;
  if (data.length === 0) return <EmptyState title={t('noneIncoming')} text={t('noneIncomingText')} />;
  return (
    <StackTable
      label={t('incoming')}
      head={[t('workflow'), t('address')]}
      rows={data.map(({ id, name, webhookUrl }) => ({
        key: id,
        cells: [
          <Link key="name" href={`/webhooks/${id}`} className="font-medium hover:underline">
            <bdi>{name}</bdi>
          </Link>,
          <span key="address" className="flex flex-wrap items-center gap-3 md:justify-between">
            <code dir="ltr" className="font-mono text-12 break-all">
              {hiddenAddress(webhookUrl ?? '')}
            </code>
            <CopyButton text={webhookUrl ?? ''} label={t('copyAddress')} done={forms('copied')} />
          </span>,
        ],
      }))}
    />
  );
}
