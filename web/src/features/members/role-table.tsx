import { getTranslations } from 'next-intl/server';
import { PERMISSIONS, ROLES, type Permission } from '../../../../workflows/tenancy/model.ts';
import { permissionsOf } from '../../../../workflows/tenancy/permissions.ts';
import { Cell, Row, Table } from '../../components/table.tsx';

type Area = Permission extends `${infer One}.${string}` ? One : never;
type Act = Permission extends `${string}.${infer One}` ? One : never;

/** What each role may do: the very table by which the API decides. */
export async function RoleTable() {
  const t = await getTranslations('Members');
  const names = await getTranslations('Roles');
  const grants = ROLES.map((role) => ({ role, may: permissionsOf([role]) }));
  return (
    <details className="mt-6">
      <summary className="cursor-pointer py-1 text-14 font-medium">{t('roleTable')}</summary>
      <p className="mb-3 max-w-prose text-13 text-explain">{t('roleTableText')}</p>
      <Table label={t('roleTable')} head={[t('permission'), ...ROLES.map((role) => names(role))]}>
        {PERMISSIONS.map((permission) => {
          const [area, act] = permission.split('.') as [Area, Act];
          return (
            <Row key={permission}>
              <th scope="row" className="px-3 text-start font-normal">
                {t(`areas.${area}`)} <span className="text-aside">{t(`acts.${act}`)}</span>
              </th>
              {grants.map(({ role, may }) => (
                <Cell key={role} className={may.has(permission) ? 'text-ok' : 'text-aside'}>
                  {t(may.has(permission) ? 'yes' : 'no')}
                </Cell>
              ))}
            </Row>
          );
        })}
      </Table>
    </details>
  );
}
