import { payloadOf } from "../../../domain/sources/read-delivery.ts";
import { readSource, type Source } from "../../../store/settings/sources.ts";
import {
  forgetUnmapped,
  keepReasons,
  listUnmapped,
  readUnmapped,
  type UnmappedDelivery,
  type UnmappedPage,
} from "../../../store/settings/unmapped-deliveries.ts";
import type { Answer, AnswerOf } from "../../pipeline/answer.ts";
import type { HttpRequest } from "../../pipeline/endpoint.ts";
import { decodeCursor, encodeCursor } from "../../pipeline/pagination.ts";
import { parseBody } from "../../pipeline/parameters.ts";
import { HttpProblem } from "../../pipeline/problem.ts";
import type { replaySchema } from "./answers.ts";
import { replayRequestSchema, unmappedCursorSchema } from "./query.ts";
import { recordDelivery } from "./record-delivery.ts";

/** Deliveries that are kept, read again: with other options, or by a later version. */

/** At most so many in one request. */
const maxReplayed = 25;

type Replayed = AnswerOf<typeof replaySchema>;

/** `POST /v1/sources/{id}/replay`: the oldest first. What is counted by then is a duplicate. */
export async function replayDeliveries(request: HttpRequest): Promise<Answer<Replayed>> {
  const { id, cursor } = parseBody(replayRequestSchema, request.body);
  const after = decodeCursor(unmappedCursorSchema, cursor)?.after;
  const source = await sourceOf(request);
  const page = id === undefined ? await pageOf(request, source, after) : await oneOf(request, source, id);
  const enough = request.deadline.remaining() / 4;
  const sums = { replayed: 0, mapped: 0, recorded: 0, duplicate: 0, conflict: 0, unmapped: 0 };
  let last: string | undefined;
  for (const delivery of page.deliveries) {
    if (sums.replayed > 0 && request.deadline.remaining() < enough) break;
    const { recorded, duplicate, conflict, unmapped } = await replay(request, source, delivery);
    sums.replayed += 1;
    sums.mapped += unmapped === 0 ? 1 : 0;
    sums.recorded += recorded;
    sums.duplicate += duplicate;
    sums.conflict += conflict;
    sums.unmapped += unmapped;
    last = delivery.id;
  }
  request.note({ replayed: sums.replayed, mapped: sums.mapped });
  const isAll = sums.replayed === page.deliveries.length;
  const next = isAll ? page.next : last;
  return {
    status: 200,
    body: { ...sums, nextCursor: next === undefined ? null : encodeCursor({ after: next }) },
  };
}

async function sourceOf({ table, workspace, parameters }: HttpRequest): Promise<Source> {
  const source = await readSource(table, workspace.id, parameters["id"] ?? "");
  if (!source) throw new HttpProblem(404, "there is no source with this id");
  return source;
}

function pageOf(
  { table, workspace }: HttpRequest,
  { id }: Source,
  after: string | undefined,
): Promise<UnmappedPage> {
  const asked = { limit: maxReplayed, after, isNewestFirst: false, now: Date.now() };
  return listUnmapped(table, workspace.id, id, asked);
}

async function oneOf({ table, workspace }: HttpRequest, source: Source, id: string): Promise<UnmappedPage> {
  const delivery = await readUnmapped(table, workspace.id, source.id, id, Date.now());
  if (!delivery) throw new HttpProblem(404, "there is no delivery with this id, or no more");
  return { deliveries: [delivery] };
}

async function replay(request: HttpRequest, source: Source, delivery: UnmappedDelivery) {
  const { table, workspace } = request;
  const { payload, headers } = delivery;
  if (!payload) return { recorded: 0, duplicate: 0, conflict: 0, unmapped: delivery.problems.length };
  const { problems, ...counts } = await recordDelivery(request, source, payloadOf(payload), headers);
  if (problems.length === 0) await forgetUnmapped(table, workspace.id, source.id, delivery.id);
  else await keepReasons(table, workspace.id, source.id, { ...delivery, problems });
  return { ...counts, unmapped: problems.length };
}
