import type { TemplateResource } from "./assembly.ts";
import type { ReadingContext } from "./reading-context.ts";

/** An S3 bucket. Its encryption, versions and lifecycle make no difference to those who use it. */
export interface BucketBlueprint {
  readonly name: string;
}

/** Reads an `AWS::S3::Bucket`. */
export function readBucket(resource: TemplateResource, context: ReadingContext): BucketBlueprint {
  return { name: context.names.physical(resource) };
}
