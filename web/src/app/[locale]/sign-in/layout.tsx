import type { ReactNode } from 'react';
import { AppFrame } from '../../../features/shell/app-frame.tsx';

export default function SignInLayout({ children }: { children: ReactNode }) {
  return <AppFrame>{children}</AppFrame>;
}
