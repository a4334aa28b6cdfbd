import type { AwsCredentialIdentity, Provider } from "@smithy/types";

/**
 * Stands in for the SDK's chain of credential providers in the bundles: a Lambda function finds its credentials in
 * its environment, and the other providers (profiles, SSO, instance metadata …) would make every bundle 135 KB
 * larger and every cold start longer.
 * @returns a provider that reads the environment each time it is asked
 */
export function defaultProvider(): Provider<AwsCredentialIdentity> {
  return async () => {
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
    if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
      throw new Error("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set");
    }
    return {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
    };
  };
}
