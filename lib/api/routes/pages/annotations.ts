import { randomUUID } from "node:crypto";
import { annotationIdSchema } from "../../../domain/annotations/annotation.ts";
import { renderAnnotationForm, renderAnnotationsPage } from "../../../pages/annotations-page.ts";
import type { FormState } from "../../../pages/form-field.ts";
import { listAnnotations, readAnnotation } from "../../../store/settings/annotations.ts";
import type { TextAnswer } from "../../pipeline/answer.ts";
import {
  type ChangeRequest,
  type PageRequest,
  pageAnswer,
  redirectTo,
} from "../../pipeline/page-endpoint.ts";
import { definedOnly, parseQuery, refuseQuery } from "../../pipeline/parameters.ts";
import { HttpProblem } from "../../pipeline/problem.ts";
import { putAnnotation, removeAnnotation } from "../annotations/handler.ts";
import { editQuerySchema } from "./edit-query.ts";
import { dimensionFields, dimensionsOf, offeredDimensions } from "./form-dimensions.ts";
import { formErrorsOf } from "./form-errors.ts";

/** The page of annotations, and the form that sets, changes and deletes them. */

/** `GET /annotations`. */
export async function showAnnotations({ query, table, workspace, frame }: PageRequest): Promise<TextAnswer> {
  refuseQuery(query);
  return pageAnswer(renderAnnotationsPage(frame, await listAnnotations(table, workspace.id)));
}

/** `GET /annotations/edit`: the form, with what there is under the id. */
export async function showAnnotationForm(request: PageRequest): Promise<TextAnswer> {
  const { id = "" } = parseQuery(editQuerySchema, request.query);
  const values = id === "" ? {} : await valuesOf(request, id);
  return pageAnswer(renderForm(request, id, { values, errors: [] }));
}

/** `POST /annotations/edit`: saves or removes one, or says beside the fields what is wrong with them. */
export async function changeAnnotation(request: ChangeRequest): Promise<TextAnswer> {
  const { form } = request;
  const { id = "", action, from, to, text, link } = form;
  const parameters = { id: id === "" ? randomUUID() : id };
  const dimensions = dimensionsOf(form);
  const body = {
    ...{ from, text, ...definedOnly({ to, link }) },
    ...(Object.keys(dimensions).length > 0 ? { dimensions } : {}),
  };
  try {
    if (action === "remove") await removeAnnotation({ ...request, parameters });
    else await putAnnotation({ ...request, parameters, body });
  } catch (error) {
    const errors = formErrorsOf(error, fieldOf);
    return pageAnswer(renderForm(request, id, { values: form, errors }), 422);
  }
  return redirectTo("/annotations");
}

function fieldOf(pointer: string): string {
  const [name = "", dimension = ""] = pointer.slice(1).split("/");
  return name === "dimensions" ? `filter.${dimension}` : name;
}

async function valuesOf({ table, workspace }: PageRequest, id: string): Promise<FormState["values"]> {
  const isId = annotationIdSchema.safeParse(id).success;
  const known = isId ? await readAnnotation(table, workspace.id, id) : undefined;
  if (!known) throw new HttpProblem(404, "there is no annotation with this id");
  const { dimensions = {}, ...fields } = known.definition;
  return { ...definedOnly(fields), ...dimensionFields(dimensions) };
}

function renderForm({ frame, workspace }: PageRequest, id: string, state: FormState): string {
  const dimensions = offeredDimensions(workspace.trackedDimensions, state.values);
  return renderAnnotationForm(frame, { id, dimensions, state });
}
