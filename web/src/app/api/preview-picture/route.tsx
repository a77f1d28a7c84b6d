import { ImageResponse } from 'next/og';
import english from '../../../../messages/en.json' with { type: 'json' };
import { PREVIEW, PreviewPicture } from '../../../features/public/preview-picture.tsx';

/** Made once, when the pages are built. */
export const dynamic = 'force-static';

export function GET(): Response {
  return new ImageResponse(<PreviewPicture name={english.App.name} />, PREVIEW);
}
