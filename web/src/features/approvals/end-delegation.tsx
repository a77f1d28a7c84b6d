'use client';

import { useTranslations } from 'next-intl';
import { DialogForm } from '../../components/dialog-form.tsx';
import { endDelegation } from './delegation-actions.ts';

interface EndDelegationProps {
  id: string;
  /** Whose approvals they are, and who has them now. */
  from: string;
  to: string;
  /** Given to the person who looks, who hands it back. */
  isMine: boolean;
}

/** Ends a delegation before its time. */
export function EndDelegation({ id, from, to, isMine }: EndDelegationProps) {
  const t = useTranslations('Delegations');
  return (
    <div className="flex md:justify-end">
      <DialogForm
        open={t(isMine ? 'handBack' : 'end')}
        about={isMine ? from : to}
        openTone="quiet"
        title={isMine ? t('handBackTitle', { name: from }) : t('endTitle', { name: to })}
        description={t('endText')}
        submit={t(isMine ? 'handBack' : 'end')}
        submitTone="danger"
        act={() => endDelegation(id)}
      />
    </div>
  );
}
