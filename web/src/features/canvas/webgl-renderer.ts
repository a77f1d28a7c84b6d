import { inkOf, type Place, type View } from './layout.ts';
import type { Renderer, Size } from './renderer.ts';
import {
  INKS,
  MARK_FRAGMENT,
  MARK_KINDS,
  MARK_VERTEX,
  PIECES,
  THREAD_FRAGMENT,
  THREAD_VERTEX,
} from './shaders.ts';
import type { Thread } from './thread.ts';

/** A time that never comes, in seconds; small enough for the numbers of the graphics processor. */
const NEVER = 1e9;

/** Names of what plays a graphics processor on the main one: in Chromium, in Mesa, in Windows. */
const PLAYED = /swiftshader|llvmpipe|softpipe|basic render/i;

/** Asked of a canvas of its own: one that has begun with WebGL can no longer be drawn on without. */
function hasGraphicsProcessor(): boolean {
  const gl = document.createElement('canvas').getContext('webgl2', { failIfMajorPerformanceCaveat: true });
  if (gl === null) return false;
  // Firefox tells it without the extension.
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  const name = String(gl.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return !PLAYED.test(name);
}

interface Layer {
  program: WebGLProgram;
  array: WebGLVertexArrayObject;
  buffer: WebGLBuffer;
  uniform: (name: string) => WebGLUniformLocation | null;
}

/** Draws with WebGL 2; null where there is none, or only a slow one that the main processor plays. */
export function webglRenderer(canvas: HTMLCanvasElement): Renderer | null {
  if (!hasGraphicsProcessor()) return null;
  const gl = canvas.getContext('webgl2', {
    ...{ alpha: true, antialias: false, depth: false, powerPreference: 'low-power' },
  });
  if (gl === null) return null;
  const threads = layerOf(gl, [THREAD_VERTEX, THREAD_FRAGMENT], { times: 2, heights: 2, ink: 1 });
  const marks = layerOf(gl, [MARK_VERTEX, MARK_FRAGMENT], { times: 3, lane: 1, kind: 1 });
  if (threads === null || marks === null) return null;
  const counts = { threads: 0, marks: 0 };
  let begin = 0;
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  const each = (act: (layer: Layer) => void): void => {
    for (const layer of [threads, marks]) {
      gl.useProgram(layer.program);
      act(layer);
    }
  };
  return {
    load: (loaded, places) => {
      begin = Math.min(...loaded.map(({ from }) => from));
      const lines = loaded.flatMap((thread, i) => lineOf(thread, places[i], begin));
      const points = loaded.flatMap((thread, i) => pointsOf(thread, places[i], begin));
      fill(gl, threads, lines);
      fill(gl, marks, points);
      counts.threads = lines.length / 5;
      counts.marks = points.length / 5;
    },
    recolour: (inks) =>
      each(({ uniform }) =>
        gl.uniform3fv(
          uniform('inks'),
          INKS.flatMap((ink) => inks[ink]),
        ),
      ),
    resize: ({ width, height, density }: Size) => {
      canvas.width = Math.round(width * density);
      canvas.height = Math.round(height * density);
      gl.viewport(0, 0, canvas.width, canvas.height);
      each(({ uniform }) => gl.uniform2f(uniform('size'), width, height));
    },
    draw: (views) => {
      gl.clear(gl.COLOR_BUFFER_BIT);
      for (const view of views) {
        drawLayer(gl, threads, { view, begin, vertices: 2 * (PIECES + 1), count: counts.threads });
        drawLayer(gl, marks, { view, begin, vertices: 4, count: counts.marks });
      }
    },
    end: () => gl.getExtension('WEBGL_lose_context')?.loseContext(),
  };
}

function lineOf(thread: Thread, place: Place | undefined, begin: number): number[] {
  if (place === undefined) return [];
  const { from, to } = thread;
  return [
    ...[seconds(from - begin), to === null ? NEVER : seconds(to - begin)],
    ...[place.rootY, place.laneY, INKS.indexOf(inkOf(thread, Infinity))],
  ];
}

function pointsOf({ from, to, knots }: Thread, place: Place | undefined, begin: number): number[] {
  if (place === undefined) return [];
  const end = to === null ? NEVER : seconds(to - begin);
  const point = (kind: (typeof MARK_KINDS)[number], at: number, until: number): number[] => [
    ...[seconds(at - begin), until, end],
    ...[place.laneY, MARK_KINDS.indexOf(kind)],
  ];
  return [
    ...knots.flatMap(({ kind, at }) => point(kind, at, NEVER)),
    ...point('head', from, end),
    ...knots.flatMap(({ kind, at, until }) =>
      kind === 'gate' ? point('waiting', at, until === null ? NEVER : seconds(until - begin)) : [],
    ),
  ];
}

function seconds(milliseconds: number): number {
  return milliseconds / 1_000;
}

interface Pass {
  view: View;
  begin: number;
  vertices: number;
  count: number;
}

function drawLayer(gl: WebGL2RenderingContext, layer: Layer, { view, begin, vertices, count }: Pass): void {
  gl.useProgram(layer.program);
  gl.bindVertexArray(layer.array);
  gl.uniform1f(layer.uniform('now'), seconds(view.now - begin));
  gl.uniform1f(layer.uniform('span'), seconds(view.span));
  gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, vertices, count);
}

function fill(gl: WebGL2RenderingContext, { buffer }: Layer, numbers: number[]): void {
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  gl.bufferData(gl.ARRAY_BUFFER, new Float32Array(numbers), gl.STATIC_DRAW);
}

/** A program with what each of its instances is given: so many numbers by each name, one after the other. */
function layerOf(
  gl: WebGL2RenderingContext,
  sources: [vertex: string, fragment: string],
  fields: Record<string, number>,
): Layer | null {
  const program = programOf(gl, sources);
  if (program === null) return null;
  const array = gl.createVertexArray();
  const buffer = gl.createBuffer();
  gl.bindVertexArray(array);
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  const stride = 4 * Object.values(fields).reduce((sum, count) => sum + count, 0);
  let before = 0;
  for (const [name, count] of Object.entries(fields)) {
    const at = gl.getAttribLocation(program, name);
    gl.enableVertexAttribArray(at);
    gl.vertexAttribPointer(at, count, gl.FLOAT, false, stride, before);
    gl.vertexAttribDivisor(at, 1);
    before += 4 * count;
  }
  const known = new Map<string, WebGLUniformLocation | null>();
  const uniform = (name: string): WebGLUniformLocation | null => {
    if (!known.has(name)) known.set(name, gl.getUniformLocation(program, name));
    return known.get(name) ?? null;
  };
  return { program, array, buffer, uniform };
}

function programOf(gl: WebGL2RenderingContext, [vertex, fragment]: [string, string]): WebGLProgram | null {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(type);
    if (shader === null) return null;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) === true ? program : null;
}
