/** Exchanges the token of a shared link, which stands behind its `#` and so reaches no server's log, for a cookie. */
export function openSharedLink(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-shared]");
  const field = form?.querySelector<HTMLInputElement>("input[name=token]");
  const token = location.hash.slice(1);
  if (!form || !field || token === "") return;
  field.value = token;
  // The token does not stay in the history either.
  history.replaceState(null, "", location.pathname);
  form.submit();
}
