'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import { decideApproval } from './actions.ts';
import { DecideDialog } from './decide-dialog.tsx';
import { DecisionPair } from './decision-pair.tsx';
import type { ShownApproval } from './loaders.ts';
import type { Decision } from './use-decision-keys.ts';

/** Approve or deny, by button or by the keys A and D. Each asks once more. */
export function DecideButtons({ approval }: { approval: ShownApproval }) {
  const t = useTranslations('Approval');
  const [asked, setAsked] = useState<Decision | null>(null);
  const { id, planHash, title, form } = approval;
  return (
    <>
      <DecisionPair words={{ approve: t('approve'), deny: t('deny') }} ask={setAsked} />
      {asked === null ? null : (
        <DecideDialog
          decision={asked}
          words={{
            title: t(asked === 'APPROVE' ? 'approveTitle' : 'denyTitle'),
            description: title,
            submit: t(asked === 'APPROVE' ? 'approve' : 'deny'),
          }}
          needsReason={approval.class === 'C'}
          form={asked === 'APPROVE' ? form : null}
          act={(said) => decideApproval({ approvalId: id, planHash, decision: asked, ...said })}
          onDone={() => toast.success(t(asked === 'APPROVE' ? 'youApproved' : 'youDenied'))}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}
