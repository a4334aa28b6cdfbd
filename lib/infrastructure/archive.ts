import { Duration, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  ObjectOwnership,
} from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { filePrefixes } from "../domain/archive/paths.ts";
import { daysOfOldVersions } from "../schedules.ts";

/** Where Athena puts its answers. */
export const answersPrefix = "athena-results/";

/**
 * The bucket of the archive: closed days as files. Nobody but the stack's functions gets at it, and only over TLS; a file that has
 * been replaced is kept for some days. It outlives the stack.
 */
export class ArchiveBucket extends Bucket {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      lifecycleRules: [
        {
          id: "ExpireOldVersions",
          noncurrentVersionExpiration: Duration.days(daysOfOldVersions),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
        // Results of queries can name persons too.
        { id: "ExpireAnswers", prefix: answersPrefix, expiration: Duration.days(daysOfOldVersions) },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this).acknowledge({
      id: "AwsSolutions-S1",
      reason:
        "Only the stack's own functions read and write it; a log of their calls would cost more than the files.",
    });
  }

  /** Says to the checks why a construct may use all files of the archive, as IAM has it: with a wildcard. */
  acknowledgeObjects(user: Construct, prefixes: readonly string[] = filePrefixes): void {
    const id = Stack.of(this).getLogicalId(this.node.defaultChild as CfnBucket);
    for (const prefix of prefixes) {
      Validations.of(user).acknowledge({
        id: `AwsSolutions-IAM5[Resource::<${id}.Arn>/${prefix}*]`,
        reason: "The files of all workspaces and days: their keys are made while it runs.",
      });
    }
  }
}
