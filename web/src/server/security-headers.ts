/** Headers of every answer. The content security policy, which holds a nonce, is made for each page in `proxy.ts`. */
export const SECURITY_HEADERS = [
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
  ['referrer-policy', 'same-origin'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  [
    'permissions-policy',
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=(), interest-cohort=()',
  ],
] as const;

/** Only where people come by https: two years. */
export const STRICT_TRANSPORT = ['strict-transport-security', 'max-age=63072000; includeSubDomains'] as const;
