/** The key that does the same as a button. Screen readers are told of it by `aria-keyshortcuts`. */
export function KeyCap({ name }: { name: string }) {
  return (
    <kbd
      aria-hidden="true"
      className="rounded-[4px] border border-current px-1 font-sans text-12 opacity-80 max-md:hidden"
    >
      {name}
    </kbd>
  );
}
