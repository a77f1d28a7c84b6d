// Apart from the schemas, so that a page can know them without loading what checks schemas.

/** What a browser may send at once. The bytes are those of the whole body; the others are characters. */
export const CLIENT_LOG_LIMITS = { bytes: 16 * 1024, events: 20, text: 300, stack: 1_500, page: 150 };
