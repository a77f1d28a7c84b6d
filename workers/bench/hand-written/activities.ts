/** The effects of the hand-written baseline. */
export const handWrittenActivities = {
  /** Sends a GET request; gives the status and the JSON of the answer. Throws on any status but 2xx. */
  call: async (url: string): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    return { status: response.status, body: await response.json() };
  },
  /** Does nothing. */
  nothing: async (): Promise<void> => undefined,
};
