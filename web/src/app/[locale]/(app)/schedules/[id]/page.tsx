import { ErrorState } from '../../../../../components/error-state.tsx';
import { loadSchedule } from '../../../../../features/schedules/loaders.ts';
import { ScheduleView } from '../../../../../features/schedules/schedule-view.tsx';
import { loadPermissions } from '../../../../../features/shell/viewer.ts';
import { notFound } from 'next/navigation';

export default async function SchedulePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const [{ data, problem }, permissions] = await Promise.all([loadSchedule(id), loadPermissions()]);
  if (problem !== null) return <ErrorState problem={problem} />;
  if (data.schedule === null) notFound();
  return <ScheduleView schedule={data.schedule} canWrite={permissions.has('schedules.write')} />;
}
