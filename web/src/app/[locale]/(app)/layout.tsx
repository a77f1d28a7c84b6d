import type { ReactNode } from 'react';
import { AppFrame } from '../../../features/shell/app-frame.tsx';
import { Shell } from '../../../features/shell/shell.tsx';

export default function AppLayout({ children }: { children: ReactNode }) {
  return (
    <AppFrame>
      <Shell>{children}</Shell>
    </AppFrame>
  );
}
