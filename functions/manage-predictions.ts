import { endpoint } from "../lib/api/pipeline/endpoint.ts";
import { getPredictions, makePrediction } from "../lib/api/routes/predictions/handler.ts";

/** `/v1/predictions`: what customers will bring. */
export const handler = endpoint({
  "POST /v1/predictions": makePrediction,
  "GET /v1/predictions": getPredictions,
});
