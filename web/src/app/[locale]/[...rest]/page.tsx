import { notFound } from 'next/navigation';

/** Any other address: the page that says so, in the app's look. */
export default function UnknownPage() {
  notFound();
}
