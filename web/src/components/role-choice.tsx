'use client';

import { useTranslations } from 'next-intl';
import { ROLES, type Role } from '../lib/roles.ts';

/** Which roles somebody has, or a key; each says what it allows. */
export function RoleChoice({
  chosen,
  offered = ROLES,
}: {
  chosen: readonly Role[];
  offered?: readonly Role[];
}) {
  const t = useTranslations('Roles');
  const means = useTranslations('RoleMeanings');
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-13 font-medium">{means('title')}</legend>
      {offered.map((role) => (
        <label key={role} className="flex min-h-6 cursor-pointer items-start gap-2 text-14">
          <input
            type="checkbox"
            name="role"
            value={role}
            defaultChecked={chosen.includes(role)}
            className="mt-0.5 size-4 accent-thread"
          />
          <span>
            {t(role)}
            <span className="block text-12 text-aside">{means(role)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
