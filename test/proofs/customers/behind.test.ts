import type { ListObjectsV2CommandOutput } from "@aws-sdk/client-s3";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, it } from "vitest";
import { asArchiveProblem } from "../../../lib/api/routes/customers/archive-problem.ts";
import { dayNumber } from "../../../lib/domain/calendar/days.ts";
import { probabilityAlive } from "../../../lib/domain/metrics/lifetime/bg-nbd.ts";
import type { Prediction } from "../../../lib/domain/metrics/lifetime/prediction.ts";
import { buyerOf } from "../../../lib/domain/metrics/lifetime/purchases.ts";
import { runPrediction } from "../../../lib/jobs/predictions.ts";
import { NotArchivedYet, TooManyCustomers } from "../../../lib/queries/customers/known-customers.ts";
import { listCustomers } from "../../../lib/queries/customers/list.ts";
import { predict } from "../../../lib/queries/customers/predict.ts";
import { latestPrediction, storePrediction } from "../../../lib/store/settings/predictions.ts";
import { readWorkspace } from "../../../lib/store/settings/workspaces.ts";
import { predictionKey } from "../../../lib/store/table/keys.ts";
import { deadlineIn } from "../../../lib/store/table/retries.ts";
import { type ApiClient, dayBefore } from "../../fixtures/api-client.ts";
import { onTable, withFiles } from "../../fixtures/archived.ts";
import { ApiCloud } from "../../fixtures/cloud.ts";

/** What is said of customers where the open days have more facts than one request may read. */

let test: ApiCloud;
let api: ApiClient;

beforeAll(async () => {
  test = await ApiCloud.start({}, true);
  api = await test.workspace({ timeZone: "UTC" }, 20);
  await api.recordAll("events", [bought("p-1", 15), bought("p-2", 8)]);
});
afterAll(() => test?.end());

function bought(id: string, daysAgo: number) {
  const money = { amount: "10.00", currency: "USD" };
  const occurredAt = `${dayBefore(daysAgo)}T00:00:00Z`;
  return { type: "purchase.made", id, orderId: id, customerId: "anna", money, occurredAt };
}

/** Does something with the customers of the workspace, in no time for facts of the table. */
function inNoTime<Result>(
  work: (context: Parameters<typeof predict>[0]) => Promise<Result>,
): Promise<Result> {
  return onTable(test.cloud, (table) =>
    withFiles(test.cloud, async (files) => {
      const workspace = await readWorkspace(table, api.workspace);
      if (!workspace) throw new Error("there is no such workspace");
      return work({ table, workspace, files, deadline: deadlineIn(0) });
    }),
  );
}

const covariance = [[0.01]];

const model = {
  covariance,
  ...{ standardErrors: { r: 0.1, alpha: 0.1, a: 0.1, b: 0.1 }, logLikelihood: -1, customers: 100 },
  parameters: { r: 0.24, alpha: 4.41, a: 0.79, b: 2.43 },
};

const nothing = { because: "shortHistory", reason: "none" } as const;

const prediction: Prediction = {
  ...{ through: dayBefore(1), fittedAt: `${dayBefore(0)}T00:00:00.000Z`, currency: "USD" },
  ...{ months: 12, discountRate: 0, margin: 1, refunded: 0, customers: 100 },
  model: {
    buying: model,
    spending: {
      covariance,
      ...{ standardErrors: { p: 0.1, q: 0.1, gamma: 0.1 }, logLikelihood: -1, customers: 100 },
      parameters: { p: 6.25, q: 3.74, gamma: 1_544 },
    },
    total: { customers: 100, alive: 50, orders: 10, valueMinor: 1_000, relativeError: 0.1 },
  },
  ...{ holdout: nothing, contracts: nothing, taken: "purchases", takenBecause: "none", rfm: null },
};

it("a prediction is made of all days that it is to know, or not at all; a list expects by the days that it knows", async () => {
  await test.hour();
  await api.recordAll("events", [bought("p-3", 0)]);
  const now = Date.now();
  await inNoTime(async (context) => {
    expect(await predict(context, dayBefore(1), now)).toMatchObject({
      prediction: { customers: 1, through: dayBefore(1) },
    });
    await expect(predict(context, dayBefore(0), now)).rejects.toThrow(NotArchivedYet);

    await storePrediction(context.table, api.workspace, prediction);
    const order = { by: "pAlive", direction: "desc" } as const;
    const conditions = { filters: {}, joined: {}, seen: {}, scores: {}, scored: {} };
    const { entries, through } = await listCustomers(context, { conditions, order, limit: 10 }, now);
    expect(through).toBe(dayBefore(1));
    const days = [15, 8].map((daysAgo) => ({ day: dayNumber(dayBefore(daysAgo)), amountMinor: 1_000 }));
    const buyer = buyerOf(days, dayNumber(through));
    if (!buyer) throw new Error("she has bought");
    expect(entries.map(({ id, predicted }) => [id, predicted?.pAlive])).toEqual([
      ["anna", expect.closeTo(probabilityAlive(model.parameters, buyer), 12)],
    ]);
  });
});

it("a prediction that could not be read again is not stored", async () => {
  await inNoTime(async ({ table, workspace }) => {
    const total = { customers: 100, alive: 50, orders: 10, valueMinor: Number.NaN, relativeError: 0.1 };
    if ("reason" in prediction.model) throw new Error(prediction.model.reason);
    const wrong = { ...prediction, through: dayBefore(0), model: { ...prediction.model, total } };
    await expect(storePrediction(table, workspace.id, wrong)).rejects.toThrow("valueMinor");
    expect((await latestPrediction(table, workspace.id))?.through).not.toBe(dayBefore(0));
  });
});

it("a prediction that has expired is not read, even before DynamoDB removes it", async () => {
  await inNoTime(async ({ table, workspace }) => {
    const before = await latestPrediction(table, workspace.id);
    const later = { ...prediction, through: dayBefore(-5) };
    await storePrediction(table, workspace.id, later);
    expect(await latestPrediction(table, workspace.id)).toEqual(later);
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: predictionKey(workspace.id, later.through),
        UpdateExpression: "SET expiresAt = :past",
        ExpressionAttributeValues: { ":past": Math.floor(Date.now() / 1_000) - 1 },
      }),
    );
    expect(await latestPrediction(table, workspace.id)).toEqual(before);
  });
});

it("where the customers are too many to read, a request is told so, and a job of it ends without a prediction", async () => {
  await inNoTime(async ({ table, workspace, files, deadline }) => {
    if (!files) throw new Error("there is an archive");
    // Each of its files looks as large as all may be.
    files.client.middlewareStack.add(
      (next) => async (request) => {
        const { output, ...rest } = await next(request);
        const { Contents } = output as ListObjectsV2CommandOutput;
        const large = Contents?.map((one) => ({ ...one, Size: 201 * 1024 * 1024 }));
        return { ...rest, output: { ...output, ...(large ? { Contents: large } : {}) } };
      },
      { step: "initialize", priority: "low" },
    );
    const asked = () => predict({ table, workspace, files, deadline }, dayBefore(2), Date.now());
    await expect(asked()).rejects.toThrow(TooManyCustomers);
    await expect(asArchiveProblem(asked)).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining("more customers than can be read at once"),
    });
    const message = { workspace: workspace.id, predictThrough: dayBefore(2) };
    expect(await runPrediction(table, message, deadline, files)).toBeUndefined();
  });
});
