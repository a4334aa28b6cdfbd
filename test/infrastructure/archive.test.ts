import { expect, it } from "vitest";
import * as z from "zod";
import { daysOfOldVersions } from "../../lib/schedules.ts";
import { statement, synthesize } from "./synthesized.ts";

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
