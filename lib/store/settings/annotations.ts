import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import {
  type Annotation,
  type AnnotationDefinition,
  annotationSchema,
} from "../../domain/annotations/annotation.ts";
import type { Table } from "../table/client.ts";
import { annotationCountKey, annotationKey } from "../table/keys.ts";
import type { Deadline } from "../table/retries.ts";
import * as counted from "./counted-items.ts";

/** Annotations as they are stored. */

/** At most so many annotations a workspace: all of them are read for a page, in at most 100 KB. */
export const maxAnnotations = 200;

const storedAnnotation = z.object({ ...counted.itemHistory, definition: annotationSchema });

export type StoredAnnotation = Annotation & counted.ItemHistory;

const annotations: counted.CountedForm<StoredAnnotation> = {
  max: maxAnnotations,
  key: annotationKey,
  countKey: annotationCountKey,
  counter: "annotations",
  // A text of 200 characters, a link of 500, and ten dimensions.
  size: { name: "annotation", maxBytes: 12 * 1024, isAlike: true },
  toItem: ({ id: _, ...annotation }) => annotation,
  fromItem: (item) => ({ ...storedAnnotation.parse(item), id: counted.idOf(item) }),
};

/** An annotation as it is now, or `undefined`. */
export function readAnnotation(
  table: Table,
  workspace: string,
  id: string,
): Promise<StoredAnnotation | undefined> {
  return counted.readCounted(table, workspace, annotations, id);
}

/** The annotations of a workspace, by id. */
export function listAnnotations(table: Table, workspace: string): Promise<StoredAnnotation[]> {
  return counted.listCounted(table, workspace, annotations);
}

/**
 * Sets an annotation: makes it, or replaces it. The same definition again changes nothing.
 * @throws StoreError `unavailable` when other writers keep being faster until the deadline
 */
export function setAnnotation(
  table: Table,
  workspace: string,
  id: string,
  definition: AnnotationDefinition,
  deadline: Deadline,
): Promise<counted.SetItem<StoredAnnotation>> {
  const plan = (before: StoredAnnotation | undefined): StoredAnnotation =>
    before && isDeepStrictEqual(before.definition, definition)
      ? before
      : { id, definition, ...counted.nextVersion(before) };
  return counted.setCounted(table, workspace, annotations, id, plan, deadline);
}

/**
 * Deletes an annotation.
 * @returns whether there was one with this id
 * @throws StoreError `unavailable` when other writers keep being faster until the deadline
 */
export function deleteAnnotation(
  table: Table,
  workspace: string,
  id: string,
  deadline: Deadline,
): Promise<boolean> {
  return counted.deleteCounted(table, workspace, annotations, id, deadline);
}
