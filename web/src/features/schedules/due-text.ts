import { getTranslations } from 'next-intl/server';
import { inUnits } from './due-times.ts';

interface Spec {
  crons: string[];
  intervals: { everySeconds: number }[];
  calendars: object[];
}

/** When a schedule is due, in a few words for each of its rules. */
export async function dueText({ crons, intervals, calendars }: Spec): Promise<string[]> {
  const t = await getTranslations('Schedules');
  const every = intervals.map(({ everySeconds }) => {
    const { count, unit } = inUnits(everySeconds);
    return t(`every.${unit}`, { count });
  });
  return [...crons, ...every, ...calendars.map((entry) => calendarText(entry) || t('rules.calendar'))];
}

function calendarText(entry: object): string {
  const given = Object.entries(entry).filter(([, text]) => typeof text === 'string');
  return given.map(([name, text]) => `${name} ${String(text)}`).join(', ');
}
