import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import {
  type Annotation,
  type AnnotationDefinition,
  annotationSchema,
} from "../../annotations/annotation.ts";
import type { Table } from "../table/client.ts";
import { annotationCountKey, annotationKey } from "../table/keys.ts";
import type { Deadline } from "../table/retries.ts";
import {
  type CountedForm,
  deleteCounted,
  idOf,
  listCounted,
  readCounted,
  type SetItem,
  setCounted,
} from "./counted-items.ts";

/** Annotations as they are stored. */

/** At most so many annotations a workspace: all of them are read for a page, in at most 100 KB. */
export const maxAnnotations = 200;

const storedAnnotation = z.object({
  version: z.int(),
  createdAt: z.string(),
  updatedAt: z.string(),
  definition: annotationSchema,
});

/** An annotation with what is known of its history. */
export interface StoredAnnotation extends Annotation {
  readonly version: number;
  /** RFC 3339. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

const annotations: CountedForm<StoredAnnotation> = {
  max: maxAnnotations,
  key: annotationKey,
  countKey: annotationCountKey,
  counter: "annotations",
  // A text of 200 characters, a link of 500, and ten dimensions.
  size: { name: "annotation", maxBytes: 12 * 1024, isAlike: true },
  toItem: ({ id: _, ...annotation }) => annotation,
  fromItem: (item) => ({ ...storedAnnotation.parse(item), id: idOf(item) }),
};

/** An annotation as it is now, or `undefined`. */
export function readAnnotation(
  table: Table,
  workspace: string,
  id: string,
): Promise<StoredAnnotation | undefined> {
  return readCounted(table, workspace, annotations, id);
}

/** The annotations of a workspace, by id. */
export function listAnnotations(table: Table, workspace: string): Promise<StoredAnnotation[]> {
  return listCounted(table, workspace, annotations);
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
): Promise<SetItem<StoredAnnotation>> {
  const plan = (before: StoredAnnotation | undefined): StoredAnnotation => {
    if (before && isDeepStrictEqual(before.definition, definition)) return before;
    const updatedAt = new Date().toISOString();
    const version = (before?.version ?? 0) + 1;
    return { id, definition, version, createdAt: before?.createdAt ?? updatedAt, updatedAt };
  };
  return setCounted(table, workspace, annotations, id, plan, deadline);
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
  return deleteCounted(table, workspace, annotations, id, deadline);
}
