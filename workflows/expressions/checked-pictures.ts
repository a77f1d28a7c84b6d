import { wrong } from './expression-error.ts';
import type { Focus, NativeImplementation } from './jsonata-types.ts';

// Pictures are the formats of numbers and dates: '#,##0.00', '[Y0001]-[M01]-[D01]'.
const MAX_PICTURE = 100;
const MAX_DATE_TEXT = 100;
const WIDE_MARKER = /\[[^\]]*,[^\]]*\d{3}[^\]]*\]/;
const ISO_DATE = /^\d{4}(-\d\d(-\d\d)?)?(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?)?$/;
const ISO_WITHOUT_ZONE = /T\d\d:\d\d:\d\d(\.\d+)?$/;
const ZONE = /^[+-]?\d{1,4}$/;
/** Above this a Roman number needs one level of the stack for each thousand. */
const MAX_ROMAN = 10_000;
/** The largest time that a Date can hold, less a day for time zones. */
const MAX_MILLIS = 8.64e15 - 86_400_000;

/** `$fromMillis` and `$now`: no padding to a width of millions, no zone that is not one, no date out of range. */
export function checkedFromMillis(fromMillis: NativeImplementation): NativeImplementation {
  return function (this: Focus, ...args) {
    const [millis, picture, zone] = args;
    checkPicture(picture);
    if (typeof millis === 'number' && Math.abs(millis) > MAX_MILLIS) {
      throw wrong('date_not_understood', 'uses a date that is out of range.');
    }
    if (typeof zone === 'string' && !ZONE.test(zone)) {
      throw wrong('time_zone_not_understood', 'needs a time zone as an offset such as "+0100".');
    }
    return fromMillis.apply(this, args);
  };
}

/** `$toMillis`: a time without a zone is UTC; stock takes the zone of the machine. */
export function checkedToMillis(toMillis: NativeImplementation): NativeImplementation {
  return function (this: Focus, text, picture) {
    if (typeof text !== 'string') return undefined;
    checkPicture(picture);
    if (text.length > MAX_DATE_TEXT || (picture === undefined && !ISO_DATE.test(text))) throw notADate();
    const zoned = picture === undefined && ISO_WITHOUT_ZONE.test(text) ? `${text}Z` : text;
    const millis = toMillis.call(this, zoned, picture);
    if (Number.isNaN(millis)) throw notADate();
    return millis;
  };
}

/** `$formatInteger`: no Roman millions. */
export function checkedFormatInteger(formatInteger: NativeImplementation): NativeImplementation {
  return function (this: Focus, value, picture) {
    checkPicture(picture);
    if (/^i/i.test(picture as string) && Math.abs((value as number | undefined) ?? 0) > MAX_ROMAN) {
      throw wrong('picture_not_supported', 'writes a number above 10 000 as a Roman number.');
    }
    return formatInteger.call(this, value, picture);
  };
}

/** `$formatNumber`: signs of one character. jsonata loops for ever on some empty ones. */
export function checkedFormatNumber(formatNumber: NativeImplementation): NativeImplementation {
  return function (this: Focus, ...args) {
    const [, picture, options] = args;
    checkPicture(picture);
    for (const sign of Object.values(options ?? {})) {
      if (typeof sign !== 'string' || sign.length !== 1) {
        throw wrong('picture_not_supported', 'needs signs of one character in the options of $formatNumber.');
      }
    }
    return formatNumber.apply(this, args);
  };
}

/** A function whose second argument is a picture, with that checked. */
export function withPicture(run: NativeImplementation): NativeImplementation {
  return function (this: Focus, value, picture) {
    checkPicture(picture);
    return run.call(this, value, picture);
  };
}

function checkPicture(picture: unknown): void {
  if (typeof picture === 'string' && (picture.length > MAX_PICTURE || WIDE_MARKER.test(picture))) {
    throw wrong('picture_not_supported', 'uses a format that is too long or too wide.');
  }
}

const notADate = () =>
  wrong('date_not_understood', 'needs a date such as "2026-01-31" or "2026-01-31T09:30:00Z".');
