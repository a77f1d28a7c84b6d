/** `pre-launch`: nothing external happens without approval, Class A included. `post-launch`: Class A runs by itself. */
export const LAUNCH_STAGES = ['pre-launch', 'post-launch'] as const;
export type LaunchStage = (typeof LAUNCH_STAGES)[number];
