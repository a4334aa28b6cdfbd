import { entityItem } from "../records/entity-item.ts";
import { type StoredEntity, subjectKey } from "../records/stored-entity.ts";
import type { Action } from "../table/action.ts";
import { progressKey } from "../table/keys.ts";
import type { LedgerAction, PlanContext } from "./plan-context.ts";

/**
 * From an entity as it was read to the actions that make it what it is to be. How far a long history has been counted anew is a small
 * item of its own, so that a step does not write the history again: what a change costs grows with the history, not with its square.
 */

/**
 * The actions that change an entity, if nobody has changed it since it was read.
 * @param after with the version of `before`
 */
export function entityActions(
  before: StoredEntity,
  after: StoredEntity,
  context: PlanContext,
): LedgerAction[] {
  const actions = [
    ...(isStep(before, after) ? [] : [putEntity(after, context)]),
    ...progressActions(before, after, context),
  ];
  const key = subjectKey(after);
  return actions.map((action) => ({ about: { kind: "entity", key }, action }));
}

/** The entity once its actions are done. */
export function writtenEntity(before: StoredEntity, after: StoredEntity): StoredEntity {
  return isStep(before, after) ? after : { ...after, version: after.version + 1 };
}

/** Whether nothing changes but how far it has been counted anew. */
function isStep(before: StoredEntity, after: StoredEntity): boolean {
  return (
    after.recount !== undefined &&
    after.recount.previous === before.recount?.previous &&
    after.history === before.history
  );
}

function putEntity(after: StoredEntity, { tableName, workspace }: PlanContext): Action {
  const isNew = "attribute_not_exists(pk)";
  const isUnchanged = "#version = :seen";
  return {
    Put: {
      TableName: tableName,
      Item: entityItem(workspace.id, after),
      ...(after.version === 0
        ? { ConditionExpression: isNew }
        : {
            ConditionExpression: isUnchanged,
            ExpressionAttributeNames: { "#version": "version" },
            ExpressionAttributeValues: { ":seen": after.version },
          }),
    },
  };
}

/** While an entity is being counted anew there is an item that says how far, and of which version of the entity. */
function progressActions(
  before: StoredEntity,
  after: StoredEntity,
  { tableName, workspace }: PlanContext,
): Action[] {
  const { name } = after.entity;
  const key = progressKey(workspace.id, name, after.id);
  const isUnchanged = "#version = :seen AND #through = :through";
  const condition = before.recount
    ? {
        ConditionExpression: isUnchanged,
        ExpressionAttributeNames: { "#version": "version", "#through": "through" },
        ExpressionAttributeValues: { ":seen": before.version, ":through": before.recount.through },
      }
    : {};
  if (after.recount) {
    const { version } = writtenEntity(before, after);
    const item = { ...key, version, through: after.recount.through };
    return [{ Put: { TableName: tableName, Item: item, ...condition } }];
  }
  return before.recount ? [{ Delete: { TableName: tableName, Key: { ...key }, ...condition } }] : [];
}
