import {
  Building2,
  Cable,
  CalendarClock,
  GitBranch,
  KeyRound,
  Play,
  ScrollText,
  ShieldCheck,
  Users,
  Waypoints,
  Webhook,
  type LucideIcon,
} from 'lucide-react';

/** A page of the navigation. `permission` is what it takes to see anything there. */
export interface Place {
  id: PlaceId;
  href: string;
  icon: LucideIcon;
  permission: string;
}

const PLACES_OF_GROUPS = {
  work: [
    { id: 'runs', href: '/runs', icon: Play, permission: 'runs.read' },
    { id: 'approvals', href: '/approvals', icon: ShieldCheck, permission: 'approvals.read' },
    { id: 'workflows', href: '/workflows', icon: GitBranch, permission: 'definitions.read' },
    { id: 'canvas', href: '/canvas', icon: Waypoints, permission: 'runs.read' },
    { id: 'schedules', href: '/schedules', icon: CalendarClock, permission: 'schedules.read' },
  ],
  organisation: [
    { id: 'connections', href: '/connections', icon: Cable, permission: 'connections.read' },
    { id: 'webhooks', href: '/webhooks', icon: Webhook, permission: 'webhooks.read' },
    { id: 'members', href: '/members', icon: Users, permission: 'members.read' },
    { id: 'keys', href: '/keys', icon: KeyRound, permission: 'keys.read' },
    { id: 'organisation', href: '/organisation', icon: Building2, permission: 'members.read' },
    { id: 'audit', href: '/audit', icon: ScrollText, permission: 'audit.read' },
  ],
} as const;

/** A heading of the navigation. */
export type GroupId = keyof typeof PLACES_OF_GROUPS;
export type PlaceId = (typeof PLACES_OF_GROUPS)[GroupId][number]['id'];

/** The navigation by what one wants, with what these permissions show. */
export function placesFor(permissions: readonly string[]): { group: GroupId; places: Place[] }[] {
  return (Object.keys(PLACES_OF_GROUPS) as GroupId[])
    .map((group) => ({
      group,
      places: PLACES_OF_GROUPS[group].filter(({ permission }) => permissions.includes(permission)),
    }))
    .filter(({ places }) => places.length > 0);
}
