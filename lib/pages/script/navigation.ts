/** Follows links and sends forms that only read without loading the whole page again. */

/** @param prepare called when the content was replaced */
export function followWithoutReload(prepare: () => void): void {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!link || !isPlain || event.defaultPrevented || link.hasAttribute("download")) return;
    if (follow(new URL(link.href), prepare)) event.preventDefault();
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "get" || event.defaultPrevented) return;
    const address = new URL(form.action);
    const fields = [...new FormData(form)].filter(([, value]) => value !== "");
    address.search = new URLSearchParams(fields as [string, string][]).toString();
    if (follow(address, prepare)) event.preventDefault();
  });
  addEventListener("popstate", () => void replaceContent(new URL(location.href), prepare));
}

/** @returns whether the address is a page of this site that is shown here */
function follow(address: URL, prepare: () => void): boolean {
  const isPage = address.origin === location.origin && !/^\/v1\/|\.\w+$/.test(address.pathname);
  const isHere = address.pathname + address.search === location.pathname + location.search;
  if (!isPage || (isHere && address.hash !== "")) return false;
  void replaceContent(address, prepare).then((isShown) => {
    if (isShown) history.pushState(null, "", address);
  });
  return true;
}

/** Shows a page in place of this one; loads it as browsers do where that does not work. */
async function replaceContent(address: URL, prepare: () => void): Promise<boolean> {
  const current = document.querySelector("main");
  try {
    current?.setAttribute("aria-busy", "true");
    const answer = await fetch(address, { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector("main");
    // Errors, redirects and the page to sign in are left to the browser.
    if (!current || !next || !answer.ok || answer.redirected) throw new Error("not a page to show here");
    document.title = page.title;
    for (const part of ["main", ".bar", "footer"]) {
      const [old, fresh] = [document.querySelector(part), page.querySelector(part)];
      if (old && fresh) old.replaceWith(fresh);
    }
    prepare();
    const target = address.hash === "" ? null : document.querySelector(address.hash);
    const main = document.querySelector<HTMLElement>("main");
    if (target) target.scrollIntoView();
    else scrollTo(0, 0);
    main?.focus({ preventScroll: true });
    return true;
  } catch {
    location.assign(address);
    return false;
  }
}
