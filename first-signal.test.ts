import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { firstSignal } from './first-signal.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
let exit: ReturnType<typeof jest.spyOn>;

beforeEach(() => {
  jest.useFakeTimers();
  exit = jest.spyOn(process, 'exit').mockImplementation(() => undefined as never);
});
afterEach(() => {
  for (const name of SIGNALS) process.removeAllListeners(name);
  jest.restoreAllMocks();
  jest.useRealTimers();
});

describe('the first signal', () => {
  it.each(SIGNALS)('is %s, and says so', (name) => {
    const signal = firstSignal();
    expect(signal.aborted).toBe(false);
    process.emit(name);
    expect(String(signal.reason)).toContain(name);
  });

  it('may come by several ways at once', () => {
    firstSignal();
    process.emit('SIGTERM');
    jest.advanceTimersByTime(500);
    process.emit('SIGTERM');
    process.emit('SIGHUP');
    expect(exit).not.toHaveBeenCalled();
  });

  it('is followed by one that ends the process at once', () => {
    firstSignal();
    process.emit('SIGINT');
    jest.advanceTimersByTime(2_500);
    process.emit('SIGINT');
    expect(exit).toHaveBeenCalledWith(130);
  });
});
