'use client';

import { Bookmark, Pencil } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button, buttonLook } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { Input } from '../../components/input.tsx';
import { Link } from '../../i18n/navigation.ts';
import { EditViews } from './edit-views.tsx';
import { MAX_NAME, MAX_VIEWS, withView } from './saved-views.ts';
import { useSavedViews } from './use-saved-views.ts';

interface BarProps {
  /** Whose views: the person and the organisation. */
  owner: string;
  /** Where the list stands now. */
  address: string;
  isNarrowed: boolean;
}

/** The narrowed lists that a person gave a name, and the way to keep the one that is shown. */
export function SavedViewsBar({ owner, address, isNarrowed }: BarProps) {
  const t = useTranslations('RunSavedViews');
  const { views, keep } = useSavedViews(owner);
  const [isEditing, setEditing] = useState(false);
  const isKept = views.some((view) => view.address === address);
  if (views.length === 0 && !isNarrowed) return null;
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      {views.length === 0 ? null : (
        <nav aria-label={t('title')} className="flex flex-wrap gap-2">
          {[{ id: 'all', name: t('all'), address: '/runs' }, ...views].map((view) => (
            <Link
              key={view.id}
              href={view.address}
              aria-current={view.address === address ? 'page' : undefined}
              className={buttonLook(
                'plain',
                classNames('rounded-full', view.address === address && 'border-thread'),
              )}
            >
              <bdi className="max-w-48 truncate">{view.name}</bdi>
            </Link>
          ))}
        </nav>
      )}
      {isNarrowed && !isKept ? (
        <SaveView
          save={(name) => {
            const next = withView(views, { id: crypto.randomUUID(), name, address });
            if (next === null) return 'full';
            return keep(next) ? null : 'refused';
          }}
        />
      ) : null}
      {views.length === 0 ? null : (
        <Button tone="quiet" onClick={() => setEditing(true)}>
          <Pencil size={14} aria-hidden="true" /> {t('edit')}
        </Button>
      )}
      <Dialog
        isOpen={isEditing}
        onOpenChange={setEditing}
        title={t('editTitle')}
        description={t('where')}
        closeLabel={t('close')}
      >
        <EditViews views={views} keep={keep} />
      </Dialog>
    </div>
  );
}

/** Asks for the name of a view. `save` gives why it was not kept, or null. */
function SaveView({ save }: { save: (name: string) => 'full' | 'refused' | null }) {
  const t = useTranslations('RunSavedViews');
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const toggle = (shallOpen: boolean): void => {
    setName('');
    setProblem(null);
    setOpen(shallOpen);
  };
  const submit = (): void => {
    const trimmed = name.trim();
    const refused = trimmed === '' ? 'nameless' : save(trimmed);
    if (refused === null) toggle(false);
    else setProblem(t(refused, { count: MAX_VIEWS }));
  };
  return (
    <>
      <Button tone="quiet" onClick={() => toggle(true)}>
        <Bookmark size={15} aria-hidden="true" /> {t('save')}
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={toggle}
        title={t('saveTitle')}
        description={t('where')}
        closeLabel={t('close')}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
          className="flex flex-col gap-4"
        >
          <Field label={t('name')} problem={problem}>
            {(parts) => (
              <Input
                {...parts}
                maxLength={MAX_NAME}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <div className="flex justify-end gap-2">
            <Button tone="quiet" onClick={() => toggle(false)}>
              {t('cancel')}
            </Button>
            <Button type="submit" tone="main">
              {t('saveSubmit')}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
