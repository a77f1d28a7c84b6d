/** A letter that was caught. `id` names its file and its page. */
export interface CaughtMail {
  id: string;
  messageId: string;
  date: string;
  from: string;
  to: string[];
  subject: string;
  text: string;
  /** How often the same Message-ID arrived. */
  deliveries: number;
}
