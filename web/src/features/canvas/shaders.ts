import { BOW, HEAD, MARKS } from './layout.ts';
import { FAINT, HALF_WIDTH } from './renderer.ts';

/** Straight pieces of which a thread is made: its bow, and the rest of it as the last one. */
export const PIECES = 40;

/** The same rules as in layout.ts, for the graphics processor: what moves is worked out there, frame by frame. */
const SHARED = `#version 300 es
precision highp float;
uniform vec2 size;
uniform float now, span;
uniform vec3 inks[4];
const float HEAD = ${HEAD.toFixed(4)};
float xOf(float at) { return HEAD * (1.0 - (now - at) / span); }
float strengthOf(float to) { return to > now ? 1.0 : 0.3 + 0.5 * xOf(to) / HEAD; }
vec4 placed(vec2 pixel) { return vec4(pixel.x / size.x * 2.0 - 1.0, 1.0 - pixel.y / size.y * 2.0, 0.0, 1.0); }
const vec4 NOWHERE = vec4(2.0, 2.0, 2.0, 1.0);
`;

/** times: from, to; heights: of the root, of the lane; ink: how it ends. */
export const THREAD_VERTEX = `${SHARED}
in vec2 times;
in vec2 heights;
in float ink;
out float side;
out float strength;
flat out vec3 colour;
void main() {
  float startX = xOf(times.x);
  float endX = xOf(min(times.y, now));
  int piece = gl_VertexID / 2;
  bool isLast = piece == ${PIECES};
  float t = min(1.0, float(piece) / ${(PIECES - 1).toFixed(1)});
  float bowX = min(0.0, startX - ${BOW.toFixed(4)});
  float x = isLast ? endX : mix(bowX, startX, t);
  float slope = isLast ? 0.0 : (heights.y - heights.x) * 6.0 * t * (1.0 - t) / (startX - bowX);
  vec2 along = normalize(vec2(size.x, slope * size.y));
  side = gl_VertexID % 2 == 0 ? -1.0 : 1.0;
  strength = strengthOf(times.y) * mix(${FAINT.toFixed(4)}, 1.0, t);
  colour = inks[times.y > now ? 0 : int(ink)];
  vec2 middle = vec2(x, mix(heights.x, heights.y, t * t * (3.0 - 2.0 * t))) * size;
  gl_Position = times.x > now || endX < 0.0
    ? NOWHERE
    : placed(middle + vec2(-along.y, along.x) * side * ${(HALF_WIDTH + 1).toFixed(4)});
}`;

export const THREAD_FRAGMENT = `#version 300 es
precision highp float;
in float side;
in float strength;
flat in vec3 colour;
out vec4 painted;
void main() {
  float there = clamp((1.0 - abs(side)) * ${(HALF_WIDTH + 1).toFixed(4)}, 0.0, 1.0) * strength;
  painted = vec4(colour * there, there);
}`;

/** The order in which marks are numbered for the graphics processor. */
export const MARK_KINDS = ['step', 'gate', 'failure', 'waiting', 'head'] as const;
const INKS = ['thread', 'wait', 'fail', 'idle'] as const;
export { INKS };

const radii = MARK_KINDS.map((kind) => MARKS[kind].radius.toFixed(2)).join(', ');
const inksOfMarks = MARK_KINDS.map((kind) => INKS.indexOf(MARKS[kind].ink)).join(', ');

/** times: when it comes, when it goes, the end of its thread. Waiting gates and heads stand at "now". */
export const MARK_VERTEX = `${SHARED}
in vec3 times;
in float lane;
in float kind;
out vec2 offset;
out float strength;
flat out float radius;
flat out vec3 colour;
flat out int shape;
const float RADII[5] = float[5](${radii});
const int INKS[5] = int[5](${inksOfMarks});
void main() {
  shape = int(kind);
  bool isAtHead = shape >= 3;
  float x = isAtHead ? HEAD : xOf(times.x);
  bool isThere = times.x <= now && (isAtHead ? times.y > now : x >= 0.0);
  float swell = isAtHead ? 1.0 : 1.0 + 1.4 * exp(-(now - times.x) / 0.26);
  radius = RADII[shape] * swell;
  colour = inks[INKS[shape]];
  strength = strengthOf(times.z);
  vec2 corner = vec2(gl_VertexID % 2, gl_VertexID / 2) * 2.0 - 1.0;
  offset = corner * (radius + 2.0);
  gl_Position = isThere ? placed(vec2(x, lane) * size + offset) : NOWHERE;
}`;

export const MARK_FRAGMENT = `#version 300 es
precision highp float;
in vec2 offset;
in float strength;
flat in float radius;
flat in vec3 colour;
flat in int shape;
out vec4 painted;
void main() {
  float far = length(offset);
  float edge = far - radius;
  if (shape == 1 || shape == 3) edge = abs(edge) - 0.8;
  if (shape == 2) {
    vec2 turned = abs(vec2(offset.x + offset.y, offset.x - offset.y)) * 0.7071;
    edge = max(min(turned.x, turned.y) - 0.8, max(turned.x, turned.y) - radius * 1.3);
  }
  float there = clamp(0.5 - edge, 0.0, 1.0) * strength;
  painted = vec4(colour * there, there);
}`;
