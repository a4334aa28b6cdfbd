import { html, type Markup } from "../report/html.ts";

/**
 * A choice as a list of links, with its label before them.
 * @param chosen the value that is chosen: it is no link
 * @param addressOf where another value leads
 */
export function renderLinks(
  label: string,
  chosen: string,
  values: readonly (readonly [value: string, text: string])[],
  addressOf: (value: string) => string,
): Markup {
  return html`<ul class="links" aria-label="${label}"><li class="quiet">${label}:</li>${linksTo(chosen, values, addressOf)}</ul>`;
}

/** The links of a choice alone, as items of a list. Parameters as of `renderLinks`. */
export function linksTo(
  chosen: string,
  values: readonly (readonly [value: string, text: string])[],
  addressOf: (value: string) => string,
): Markup[] {
  return values.map(
    ([value, text]) =>
      html`<li>${value === chosen ? html`<strong>${text}</strong>` : html`<a href="${addressOf(value)}">${text}</a>`}</li>`,
  );
}
