/**
 * Stands in for the SDK's cache of discovered endpoints in bundles. DynamoDB needs no endpoint discovery, and
 * the cache brings 8 KB into every bundle. Used only through the SDK, which makes one with every client.
 */
export class EndpointCache {
  get(): undefined {
    return undefined;
  }

  getEndpoint(): undefined {
    return undefined;
  }

  has(): boolean {
    return false;
  }

  set(): void {}

  delete(): void {}

  clear(): void {}
}
