import { courseOf, HEAD, inkOf, placesOf, type Ink } from '../canvas/layout.ts';
import { RECORDING } from '../canvas/recording.ts';
import { stillOf } from '../canvas/scenes.ts';
import { pathOf, PICTURE } from '../canvas/svg.ts';

/** The size that previews of links ask for. */
export const PREVIEW = { width: 1200, height: 630 };
/** The dark look in colours that every program of pictures knows. */
const INK = '#070c14';
const PAPER = '#f3f5f8';
const INKS: Record<Ink, string> = { thread: '#4be3d6', wait: '#f6bd4f', fail: '#ff8a80', idle: '#aab2bd' };

/** What stands beside a link to a public page: the name over the recorded threads. */
export function PreviewPicture({ name }: { name: string }) {
  return (
    <div style={{ display: 'flex', width: '100%', height: '100%', background: INK, color: PAPER }}>
      <img
        src={`data:image/svg+xml;base64,${Buffer.from(threadsAsSvg()).toString('base64')}`}
        width={PREVIEW.width}
        height={PREVIEW.height}
        style={{ position: 'absolute', top: 0, left: 0 }}
      />
      <div style={{ display: 'flex', alignItems: 'center', padding: '0 72px', fontSize: 104 }}>{name}</div>
    </div>
  );
}

function threadsAsSvg(): string {
  const { threads } = RECORDING;
  const view = stillOf(RECORDING);
  const places = placesOf(threads);
  const lines = threads.flatMap((thread, i) => {
    const place = places[i];
    const course = place && courseOf(thread, place, view);
    if (!course) return [];
    const colour = INKS[inkOf(thread, view.now)];
    const end = course.isOpen
      ? `<circle cx="${HEAD * PICTURE.width}" cy="${course.laneY * PICTURE.height}" r="4" fill="${colour}"/>`
      : '';
    return `<g opacity="${course.strength}"><path d="${pathOf(course)}" stroke="${colour}" fill="none" stroke-width="1.6"/>${end}</g>`;
  });
  const fade =
    '<linearGradient id="fade"><stop offset=".3" stop-color="#070c14"/><stop offset=".7" stop-color="#070c14" stop-opacity="0"/></linearGradient>';
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${PICTURE.width} ${PICTURE.height}" preserveAspectRatio="xMaxYMid slice">` +
    `<defs>${fade}</defs>${lines.join('')}<rect width="100%" height="100%" fill="url(#fade)"/></svg>`
  );
}
