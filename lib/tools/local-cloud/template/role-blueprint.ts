import * as z from "zod";
import type { TemplateResource } from "./assembly.ts";
import type { ReadingContext } from "./reading-context.ts";

/** A statement of a role's policies. */
export interface PolicyStatement {
  readonly effect: "Allow" | "Deny";
  /** Actions such as `dynamodb:PutItem`; `*` and `?` stand for any characters and any one. */
  readonly actions: readonly string[];
  /** ARNs, with the same placeholders. */
  readonly resources: readonly string[];
  /** Partition keys, with the same placeholders, to which it is limited; undefined where it is not. */
  readonly leadingKeys: readonly string[] | undefined;
}

const oneOrMore = z.union([z.array(z.string()), z.string().transform((text) => [text])]);

const leadingKeys = z.strictObject({
  "ForAllValues:StringLike": z.strictObject({ "dynamodb:LeadingKeys": oneOrMore }),
});

/** Strict: a condition or a negation that is overlooked would grant more here than where it is deployed. */
const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Action: oneOrMore,
  Resource: oneOrMore,
  Condition: leadingKeys.optional(),
});

const document = z.looseObject({
  Statement: z.union([z.array(statement), statement.transform((one) => [one])]),
});

const policy = z.looseObject({ PolicyDocument: document });
const role = z.looseObject({ Policies: z.array(policy).default([]) });

/**
 * The permissions of a role in the template: its own policies and those that are attached to it. What AWS's managed policies
 * grant is not known here; they grant nothing.
 * @param arn the role's ARN; undefined for none, which may do nothing
 * @throws LocalCloudError for a statement that is not emulated
 */
export function readStatements(arn: string | undefined, context: ReadingContext): PolicyStatement[] {
  const found = context.resources("AWS::IAM::Role").find((resource) => context.names.arn(resource) === arn);
  if (found === undefined) return [];
  const attached = [
    ...context.resources("AWS::IAM::Policy"),
    ...context.resources("AWS::IAM::ManagedPolicy"),
  ].filter((resource) => names(resource, found.logicalId));
  return [
    ...context.properties(found, role).Policies,
    ...attached.map((resource) => context.properties(resource, policy)),
  ].flatMap(({ PolicyDocument }) =>
    PolicyDocument.Statement.map(({ Effect, Action, Resource, Condition }) => {
      const leadingKeys = Condition?.["ForAllValues:StringLike"]["dynamodb:LeadingKeys"];
      return { effect: Effect, actions: Action, resources: Resource, leadingKeys };
    }),
  );
}

/** Whether a policy is attached to a role. Looked up before its references are resolved: others' are not needed. */
function names({ properties }: TemplateResource, roleId: string): boolean {
  const roles = z.array(z.looseObject({ Ref: z.string() })).safeParse(properties["Roles"]);
  return roles.success && roles.data.some(({ Ref }) => Ref === roleId);
}
