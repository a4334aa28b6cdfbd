import type { Method } from "./route.ts";

/** A page, or a form of one: for browsers, and no part of the API. The function that serves it asks for the session itself. */
export interface PageRoute {
  readonly method: Extract<Method, "GET" | "POST">;
  /** As API Gateway writes it. */
  readonly path: string;
  /** The function that serves it; the one of all pages when absent. */
  readonly function?: string;
  /** Whether it is shown to who has not signed in. */
  readonly isOpen?: true;
  /** `false` where it reads a list of settings whole: see `Route`. */
  readonly isBudgeted?: false;
}

/** The function that serves all pages. */
export const pageFunction = "serve-pages";

/** The function that takes the forms that change settings: it may write, and shows nothing else. */
export const formFunction = "take-forms";

/** A page as a link shares it. */
export const sharedPage: PageRoute = { method: "GET", path: "/shared/{id}" };

/** Every page. */
export const pageRoutes: readonly PageRoute[] = [
  { method: "GET", path: "/" },
  { method: "POST", path: "/session" },
  { method: "POST", path: "/session/end" },
  { method: "POST", path: "/language" },
  { method: "GET", path: "/metrics/{id}" },
  { method: "GET", path: "/metrics/{id}/values.csv" },
  { method: "GET", path: "/comments" },
  { method: "GET", path: "/customers" },
  { method: "GET", path: "/cohorts" },
  { method: "GET", path: "/survival" },
  { method: "GET", path: "/segments" },
  { method: "GET", path: "/goals" },
  { method: "GET", path: "/goals/edit" },
  { method: "POST", path: "/goals/edit", function: formFunction },
  { method: "GET", path: "/alerts" },
  { method: "GET", path: "/alerts/edit" },
  { method: "POST", path: "/alerts/edit", function: formFunction },
  { method: "GET", path: "/annotations", isBudgeted: false },
  { method: "GET", path: "/annotations/edit" },
  { method: "POST", path: "/annotations/edit", function: formFunction },
  { method: "GET", path: "/docs" },
  { method: "GET", path: "/shares", isBudgeted: false },
  { method: "POST", path: "/shares/edit", function: formFunction },
  { method: "GET", path: "/shared", isOpen: true },
  { method: "POST", path: "/shared" },
  sharedPage,
  { method: "GET", path: "/webhooks", isBudgeted: false },
  { method: "GET", path: "/webhooks/edit" },
  { method: "POST", path: "/webhooks/edit", function: formFunction },
  { method: "GET", path: "/script.js", isOpen: true },
];
