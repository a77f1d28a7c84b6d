import { SIDES } from './public-frame.tsx';

/** The headline of a public page. */
export function PageHead({ title, lead }: { title: string; lead: string }) {
  return (
    <div className={`${SIDES} pt-14 pb-6 md:pt-20`}>
      <h1 className="max-w-3xl text-40 font-semibold tracking-tight text-balance">{title}</h1>
      <p className="mt-4 max-w-prose text-explain md:text-21 md:leading-normal">{lead}</p>
    </div>
  );
}
