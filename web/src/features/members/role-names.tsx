import { useTranslations } from 'next-intl';
import type { Role } from './loaders.ts';

/** The names of roles, as small quiet labels. */
export function RoleNames({ roles }: { roles: readonly Role[] }) {
  const names = useTranslations('Roles');
  return (
    <ul className="flex flex-wrap gap-1">
      {roles.map((role) => (
        <li key={role} className="rounded-full border border-line px-2 text-12 leading-5 whitespace-nowrap">
          {names(role)}
        </li>
      ))}
    </ul>
  );
}
