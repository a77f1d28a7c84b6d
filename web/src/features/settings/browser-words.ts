import Bowser from 'bowser';

/** What a browser's own name for itself says of it; names are the makers' own, null where nothing is known. */
export interface BrowserWords {
  browser: string | null;
  system: string | null;
  /** A phone or tablet. */
  isHandheld: boolean;
}

/** Reads which browser it is, and of which system, from its user agent. */
export function browserWords(userAgent: string | null): BrowserWords {
  if (userAgent === null || userAgent === '') return { browser: null, system: null, isHandheld: false };
  const { browser, os, platform } = Bowser.parse(userAgent);
  return {
    browser: browser.name || null,
    system: os.name || null,
    isHandheld: platform.type === 'mobile' || platform.type === 'tablet',
  };
}
