import { describe, expect, it } from "vitest";
import { languageOf } from "../../../lib/domain/language/language.ts";
import { languageTags } from "../../../lib/domain/language/tags.ts";
import type { PageFrame } from "../../../lib/pages/layout.ts";
import { renderWebhookForm } from "../../../lib/pages/webhook-form.ts";
import { type ListedWebhook, renderWebhooksPage } from "../../../lib/pages/webhooks-page.ts";
import { deliveryStates } from "../../../lib/store/outbox/deliveries.ts";
import { offReasons } from "../../../lib/store/settings/webhooks.ts";

const hostile = `"><script>alert(1)</script><img src=x onerror='x'>`;

const frameIn = (tag: (typeof languageTags)[number]): PageFrame => ({
  ...{ language: languageOf(tag), address: "/webhooks", workspace: "w", canChange: true },
});

const delivery = {
  ...{ id: "msg_1", type: "response.recorded", state: "failed", because: null, tries: 3 },
  ...{ status: 503, error: null, answer: "not now", createdAt: "2026-11-30T08:12:44.000Z" },
};

const webhook: ListedWebhook = {
  ...{ id: "crm", url: "https://example.com/hook", events: ["response.recorded"], enabled: true },
  ...{ switchedOff: null, failingSince: null, restsUntil: null, deliveries: [delivery] },
};

const pageOf = (fields: Partial<ListedWebhook>, tag: (typeof languageTags)[number] = "en") =>
  renderWebhooksPage({ frame: frameIn(tag), webhooks: [{ ...webhook, ...fields }] });

describe("the list of webhooks", () => {
  it("says what became of a delivery, by when, tries, status and the answer's first characters", () => {
    const page = pageOf({});
    expect(page).toContain(
      '<time datetime="2026-11-30T08:12:44.000Z">30 Nov 2026, 08:12 UTC</time>, <code>response.recorded</code>, Given up, 3 tries, Answer: 503</p>',
    );
    expect(page).toContain('<pre dir="auto"><code>not now</code></pre>');
  });

  it("says since when a webhook is off and why, that it fails, and until when it rests", () => {
    const at = "2026-11-30T08:12:44.000Z";
    const off = (because: "gone" | "failing") => pageOf({ enabled: false, switchedOff: { at, because } });
    expect(off("gone")).toContain("Switched off since 30 Nov 2026, 08:12 UTC: the receiver answered that");
    expect(off("failing")).toContain("Switched off since 30 Nov 2026, 08:12 UTC: nothing was taken");
    const resting = pageOf({ failingSince: at, restsUntil: at });
    expect(resting).toContain("<p>No delivery has been taken since 30 Nov 2026, 08:12 UTC.</p>");
    expect(resting).toContain("Nothing is sent until 30 Nov 2026, 08:12 UTC");
    expect(pageOf({ enabled: false })).toContain("<p>Switched off</p>");
  });

  it("offers no new secret where nothing is signed", () => {
    expect(pageOf({})).toContain('value="rotate"');
    const bus = pageOf({ url: undefined });
    expect(bus).toContain("the event bus of the account");
    expect(bus).not.toContain('value="rotate"');
  });

  it("escapes whatever comes from outside", () => {
    const filter = { dimensions: { channel: hostile } };
    const page = pageOf({
      ...{ id: hostile, description: hostile, url: `https://example.com/${hostile}`, filter },
      deliveries: [{ ...delivery, error: hostile, because: hostile, answer: hostile }],
    });
    expect(page).not.toMatch(/<script>|<img/);
    expect(page.split("&lt;script&gt;").length).toBeGreaterThan(7);
  });

  it.each(languageTags)("has every state and reason in the language %s", (tag) => {
    const { language } = frameIn(tag);
    const states = deliveryStates.map((state) => {
      const text = language.text("webhook.state", { state });
      expect(pageOf({ deliveries: [{ ...delivery, state }] }, tag)).toContain(
        `${language.text("comma")}${text}${language.text("comma")}`,
      );
      return text;
    });
    expect(new Set(states).size).toBe(deliveryStates.length);
    const at = "2026-11-30T08:12:44.000Z";
    const reasons = offReasons.map((because) =>
      pageOf({ enabled: false, switchedOff: { at, because } }, tag),
    );
    expect(new Set(reasons).size).toBe(offReasons.length);
  });
});

describe("the form of a webhook", () => {
  it("keeps what was entered, with what is wrong beside the fields and the events", () => {
    const form = renderWebhookForm(frameIn("en"), {
      ...{ id: "crm", hasFilter: true },
      state: {
        values: { url: hostile, to: "url", "event.goal.missed": "yes", enabled: "false" },
        errors: [
          { field: "url", detail: "must be an address of the public internet" },
          { field: "events", detail: hostile },
        ],
      },
    });
    expect(form).not.toContain("<script>");
    expect(form).toMatch(/id="url-wrong">.*must be an address of the public internet/);
    expect(form).toMatch(/id="events-wrong">.*&lt;script&gt;/);
    expect(form).toContain('name="event.goal.missed" value="yes" checked>');
    expect(form).toContain('name="event.goal.reached" value="yes">');
    expect(form).toContain('<option value="false" selected>');
    expect(form).toContain("Its filter stays as it is");
  });
});
