'use client';

import { useTranslations } from 'next-intl';
import { ROLES, type Role } from '../../../../workflows/tenancy/model.ts';

interface RoleChoiceProps {
  label: string;
  /** Roles that are chosen at first. */
  chosen?: readonly Role[];
  /** Roles that can be given; the others are off, and `whyOff` says why. */
  allowed?: readonly Role[];
  whyOff?: string;
  problem?: string | null;
}

/** Several roles to choose, each with what it may do. They stand in the form under the name `roles`. */
export function RoleChoice({ label, chosen = [], allowed = ROLES, whyOff, problem }: RoleChoiceProps) {
  const names = useTranslations('Roles');
  const t = useTranslations('Members');
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 text-13 font-medium">{label}</legend>
      {ROLES.map((role) => {
        const isOff = !allowed.includes(role);
        return (
          <label
            key={role}
            className="flex cursor-pointer items-start gap-2.5 rounded-1 px-1 py-1 hover:bg-ink-2"
          >
            <input
              type="checkbox"
              name="roles"
              value={role}
              defaultChecked={chosen.includes(role)}
              disabled={isOff}
              className="mt-0.5 size-4 shrink-0 accent-thread"
            />
            <span>
              <span className="block text-14">{names(role)}</span>
              <span className="block text-12 text-aside">
                {isOff && whyOff ? whyOff : t(`roleTexts.${role}`)}
              </span>
            </span>
          </label>
        );
      })}
      {problem ? (
        <p role="alert" className="text-13 text-fail">
          {problem}
        </p>
      ) : null}
    </fieldset>
  );
}

/** The roles that a form of {@link RoleChoice} holds. */
export function rolesOf(form: FormData): Role[] {
  const given = form.getAll('roles');
  return ROLES.filter((role) => given.includes(role));
}
