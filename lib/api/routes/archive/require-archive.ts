import { defaultFiles, type Files } from "../../../store/files/bucket.ts";
import { HttpProblem } from "../../pipeline/problem.ts";

/** The files of the archive. @throws HttpProblem 404 where the deployment keeps none */
export function requireArchive(): Files {
  const files = defaultFiles();
  if (!files) throw new HttpProblem(404, "this deployment keeps no archive");
  return files;
}
