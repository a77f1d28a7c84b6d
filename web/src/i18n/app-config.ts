import type english from '../../messages/en.json';
import type { routing } from './routing.ts';

// The compiler knows each text by its key, from the English ones.
declare module 'next-intl' {
  interface AppConfig {
    Messages: typeof english;
    Locale: (typeof routing.locales)[number];
  }
}
