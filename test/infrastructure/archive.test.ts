import { expect, it } from "vitest";
import * as z from "zod";
import { factTables } from "../../lib/domain/archive/tables.ts";
import { daysOfOldVersions } from "../../lib/schedules.ts";
import { statement, synthesize, text } from "./synthesized.ts";

const template = synthesize();
const buckets = template.all(
  "AWS::S3::Bucket",
  z.looseObject({
    PublicAccessBlockConfiguration: z.record(z.string(), z.boolean()),
    BucketEncryption: z.unknown(),
    VersioningConfiguration: z.unknown(),
    LifecycleConfiguration: z.looseObject({ Rules: z.array(z.record(z.string(), z.unknown())) }),
  }),
);

it("there is one bucket: closed to the public, encrypted, with versions that expire; it outlives the stack", () => {
  expect(buckets).toHaveLength(1);
  const [bucket] = buckets;
  expect(Object.values(bucket?.properties.PublicAccessBlockConfiguration ?? {})).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(JSON.stringify(bucket?.properties.BucketEncryption)).toContain('"SSEAlgorithm":"AES256"');
  expect(bucket?.properties.VersioningConfiguration).toEqual({ Status: "Enabled" });
  expect(bucket?.properties.LifecycleConfiguration.Rules).toEqual([
    expect.objectContaining({
      NoncurrentVersionExpiration: { NoncurrentDays: daysOfOldVersions },
      Status: "Enabled",
    }),
    expect.objectContaining({ ExpirationInDays: daysOfOldVersions, Prefix: "athena-results/" }),
  ]);
  expect(bucket?.deletionPolicy).toBe("Retain");
  expect(bucket?.updateReplacePolicy).toBe("Retain");
});

it("it refuses whoever comes without TLS", () => {
  const policies = template.all(
    "AWS::S3::BucketPolicy",
    z.looseObject({ PolicyDocument: z.looseObject({ Statement: z.array(statement) }) }),
  );
  const denied = policies.flatMap(({ properties }) => properties.PolicyDocument.Statement);
  expect(denied.map(({ Effect, Action, Condition }) => [Effect, Action, Condition])).toContainEqual([
    "Deny",
    ["s3:*"],
    { Bool: { "aws:SecureTransport": "false" } },
  ]);
  expect(denied.filter(({ Effect }) => Effect === "Allow")).toEqual([]);
});

it("every table is in the catalogue, with its columns and partitions that need no crawler", () => {
  const tables = template.all(
    "AWS::Glue::Table",
    z.looseObject({
      TableInput: z.looseObject({
        Name: z.string(),
        PartitionKeys: z.array(z.object({ Name: z.string(), Type: z.string() })),
        Parameters: z.record(z.string(), text),
        StorageDescriptor: z.looseObject({
          Columns: z.array(z.object({ Name: z.string(), Type: z.string() })),
        }),
      }),
    }),
  );
  const inputs = tables.map(({ properties }) => properties.TableInput);
  expect(inputs.map(({ Name }) => Name).sort()).toEqual(
    [...factTables.map(({ name }) => name), "customer_days", "snapshots"].sort(),
  );
  for (const { Name, PartitionKeys, Parameters, StorageDescriptor } of inputs) {
    expect(PartitionKeys.map((key) => key.Name)).toEqual(["workspace", "day"]);
    const folder = Name === "snapshots" ? "snapshots" : `facts/${Name}`;
    const template = `s3://\${${buckets[0]?.id}}/${folder}/workspace=\${workspace}/day=\${day}/`;
    expect(Parameters).toMatchObject({
      "projection.enabled": "true",
      "storage.location.template": template,
    });
    const columns = StorageDescriptor.Columns.map((column) => column.Name);
    expect(new Set(columns).size).toBe(columns.length);
    expect(columns).not.toContain("day");
  }
});

it("a question in the workgroup reads 10 GB at the most, and its answer is encrypted and expires", () => {
  const groups = template.all(
    "AWS::Athena::WorkGroup",
    z.looseObject({ WorkGroupConfiguration: z.unknown() }),
  );
  expect(groups.map(({ properties }) => properties.WorkGroupConfiguration)).toMatchObject([
    {
      EnforceWorkGroupConfiguration: true,
      BytesScannedCutoffPerQuery: 10 * 1024 ** 3,
      ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: "SSE_S3" } },
    },
  ]);
});

it("analysts may ask and read, and nothing of the table", () => {
  const policies = template.all(
    "AWS::IAM::ManagedPolicy",
    z.looseObject({ PolicyDocument: z.looseObject({ Statement: z.array(statement) }) }),
  );
  const actions = policies.flatMap(({ properties }) =>
    properties.PolicyDocument.Statement.flatMap(({ Action }) => Action),
  );
  expect([...new Set(actions.map((action) => action.split(":")[0]))].sort()).toEqual([
    "athena",
    "glue",
    "s3",
  ]);
  expect(actions.filter((action) => /Delete|Create|Update/.test(action))).toEqual([]);
});
