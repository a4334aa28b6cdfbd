import type { Assembly, TemplateResource } from "./assembly.ts";
import type { References } from "./intrinsics.ts";

/** The region and the account that everything local claims to be in. */
export const region = "us-east-1";
export const account = "000000000000";

/** Where the local services listen: what queue URLs and the API's address are made from. */
export interface Endpoints {
  /** The gateway in front of the engine and the queues, for example `http://127.0.0.1:40001`. */
  readonly gateway: string;
  /** The HTTP API. */
  readonly api: string;
}

/** How the resources of an assembly are called locally. */
export interface Names {
  readonly references: References;
  /** The short name of a resource: the last telling part of its construct path, else its logical id. */
  short(resource: TemplateResource): string;
  /** The name by which AWS would know it: the one given in the template, else made from stack and logical id. */
  physical(resource: TemplateResource): string;
  /** The Amazon resource name. */
  arn(resource: TemplateResource): string;
}

/** Gives local names to the resources of an assembly, and answers the template's references with them. */
export function nameResources(assembly: Assembly, endpoints: Endpoints): Names {
  const byId = new Map(assembly.resources.map((resource) => [resource.logicalId, resource]));
  const shortNames = makeShortNames(assembly.resources);
  const short = (resource: TemplateResource) => shortNames.get(resource.logicalId) ?? resource.logicalId;
  const physical = (resource: TemplateResource) =>
    physicalName(resource, assembly.stackName, short(resource));
  const arn = (resource: TemplateResource) => arnOf(resource, physical(resource));
  const pseudo = pseudoParameters(assembly.stackName);

  const references: References = {
    ref: (name) => {
      const resource = byId.get(name);
      if (resource === undefined) return pseudo.get(name) ?? assembly.parameters.get(name);
      switch (resource.type) {
        case "AWS::SQS::Queue":
          return `${endpoints.gateway}/${account}/${physical(resource)}`;
        case "AWS::SNS::Topic":
          return arn(resource);
        case "AWS::Lambda::Alias":
        case "AWS::Lambda::Version":
          return qualifiedArn(resource, references);
        default:
          return physical(resource);
      }
    },
    attribute: (logicalId, attribute) => {
      const resource = byId.get(logicalId);
      if (resource === undefined) return undefined;
      if (attribute === "Arn") return arn(resource);
      if (attribute === "QueueName") return physical(resource);
      if (attribute === "QueueUrl") return references.ref(logicalId);
      if (attribute === "ApiEndpoint") return endpoints.api;
      if (attribute === "ApiId" || attribute === "AuthorizerId") return physical(resource);
      return undefined;
    },
  };
  return { references, short, physical, arn };
}

function pseudoParameters(stackName: string): ReadonlyMap<string, string> {
  return new Map([
    ["AWS::Region", region],
    ["AWS::AccountId", account],
    ["AWS::Partition", "aws"],
    ["AWS::URLSuffix", "amazonaws.com"],
    ["AWS::StackName", stackName],
    ["AWS::StackId", `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/local`],
  ]);
}

/**
 * Short names come from construct paths: the last part, or one further up where the last is the same for several
 * resources of a type (`Functions/RecordResponses/Function` is `record-responses`).
 */
function makeShortNames(resources: readonly TemplateResource[]): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  for (const alike of Map.groupBy(resources, (resource) => resource.type).values()) {
    const paths = alike.map((resource) => telling(resource).toReversed());
    const depth = Math.max(...paths.map((path) => path.length));
    for (let index = 0; index < depth; index++) {
      const names = paths.map((path) => kebab(path[index] ?? ""));
      if (names.includes("") || new Set(names).size < names.length) continue;
      alike.forEach((resource, position) => {
        result.set(resource.logicalId, names[position] ?? resource.logicalId);
      });
      break;
    }
  }
  return result;
}

function telling(resource: TemplateResource): string[] {
  return resource.path?.split("/").filter((part) => part !== "Resource" && part !== "Default") ?? [];
}

function kebab(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
}

/** The property in which a template may name a resource of a type. */
const nameProperties: Readonly<Record<string, string>> = {
  "AWS::Lambda::Function": "FunctionName",
  "AWS::S3::Bucket": "BucketName",
  "AWS::SNS::Topic": "TopicName",
  "AWS::SQS::Queue": "QueueName",
  "AWS::DynamoDB::GlobalTable": "TableName",
  "AWS::DynamoDB::Table": "TableName",
  "AWS::Scheduler::Schedule": "Name",
  "AWS::Logs::LogGroup": "LogGroupName",
  "AWS::IAM::Role": "RoleName",
};

/** Integrations, authorizers and the like are known by their logical ids, as nothing else names them. */
function physicalName(resource: TemplateResource, stackName: string, short: string): string {
  const property = nameProperties[resource.type];
  if (property === undefined) return resource.logicalId;
  const given = resource.properties[property];
  if (typeof given === "string") return given;
  const name = `${stackName}-${short}`;
  // Names of buckets have no capital letters.
  return resource.type === "AWS::S3::Bucket" ? name.toLowerCase() : name;
}

function arnOf(resource: TemplateResource, name: string): string {
  switch (resource.type) {
    case "AWS::Lambda::Function":
      return `arn:aws:lambda:${region}:${account}:function:${name}`;
    case "AWS::S3::Bucket":
      return `arn:aws:s3:::${name}`;
    case "AWS::SQS::Queue":
      return `arn:aws:sqs:${region}:${account}:${name}`;
    case "AWS::SNS::Topic":
      return `arn:aws:sns:${region}:${account}:${name}`;
    case "AWS::DynamoDB::GlobalTable":
    case "AWS::DynamoDB::Table":
      return `arn:aws:dynamodb:${region}:${account}:table/${name}`;
    case "AWS::Scheduler::Schedule":
      return `arn:aws:scheduler:${region}:${account}:schedule/default/${name}`;
    case "AWS::Logs::LogGroup":
      return `arn:aws:logs:${region}:${account}:log-group:${name}:*`;
    case "AWS::IAM::Role":
      return `arn:aws:iam::${account}:role/${name}`;
    default:
      return `arn:aws:local:${region}:${account}:${name}`;
  }
}

/** The ARN of a version or an alias: its function's, with a qualifier. */
function qualifiedArn(resource: TemplateResource, references: References): string | undefined {
  const target = resource.properties["FunctionName"];
  const id =
    typeof target === "object" && target !== null && "Ref" in target ? String(target.Ref) : undefined;
  const arn = id === undefined ? undefined : references.attribute(id, "Arn");
  return arn === undefined ? undefined : `${arn}:${String(resource.properties["Name"] ?? "1")}`;
}
