'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Input } from '../../components/input.tsx';
import { MAX_NAME, renamedView, type SavedView } from './saved-views.ts';

interface EditProps {
  views: SavedView[];
  keep: (views: SavedView[]) => boolean;
}

/** The saved views, each with its name to change and the way to delete it. */
export function EditViews({ views, keep }: EditProps) {
  const t = useTranslations('RunSavedViews');
  if (views.length === 0) return <p className="text-explain">{t('none')}</p>;
  return (
    <ul className="flex flex-col gap-3">
      {views.map((view) => (
        <ViewLine
          key={view.id}
          view={view}
          rename={(name) => {
            const next = renamedView(views, view.id, name);
            return next !== null && keep(next);
          }}
          remove={() => keep(views.filter(({ id }) => id !== view.id))}
        />
      ))}
    </ul>
  );
}

interface LineProps {
  view: SavedView;
  /** Gives false when the name cannot be kept. */
  rename: (name: string) => boolean;
  remove: () => void;
}

function ViewLine({ view, rename, remove }: LineProps) {
  const t = useTranslations('RunSavedViews');
  const [name, setName] = useState(view.name);
  const [isRefused, setRefused] = useState(false);
  return (
    <li>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setRefused(!rename(name.trim()));
        }}
        className="flex items-center gap-2"
      >
        <Input
          aria-label={t('nameOf', { name: view.name })}
          aria-invalid={isRefused || undefined}
          maxLength={MAX_NAME}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" disabled={name.trim() === view.name} className="whitespace-nowrap">
          {t('rename')} <span className="sr-only">{view.name}</span>
        </Button>
        <Button onClick={remove} className="whitespace-nowrap">
          {t('delete')} <span className="sr-only">{view.name}</span>
        </Button>
      </form>
      {isRefused ? (
        <p role="alert" className="mt-1 text-13 text-fail">
          {t('nameTaken')}
        </p>
      ) : null}
    </li>
  );
}
