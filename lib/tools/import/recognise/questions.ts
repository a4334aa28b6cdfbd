import { columnLike, type SampledColumn } from "./column-kinds.ts";
import type { MappedFact } from "./proposal.ts";

/** Which columns of a file are answers on a scale, and which survey each of them is. */

interface Question {
  readonly column: SampledColumn;
  readonly survey: "nps" | "csat" | "ces" | "esat";
  readonly scale: string;
  /** Whether 5 of 5 is the least effort: the API's scale of effort has it the other way round. */
  readonly isReversed?: boolean;
  readonly reason: string;
}

const recommend = /recommend|\bnps\b|empfehl|recommand|recomend|consigli|aanbevel|勧め|推荐|推薦/;
const effort = /effort|easy to|\bces\b|how easy|wie leicht|aufwand|facile|fácil/;
/** Agreement that it was easy. */
const ease = /easy|leicht|einfach|facile|fácil|gemakkelijk/;
const employee = /employee|\besat\b|\benps\b|mitarbeiter|arbeitsplatz|your job|work here/;
const satisfied = /satisf|\bcsat\b|rating|stars?\b|zufrieden|bewertung|score|valoraci|note\b|happy|sterne/;
const notScores =
  /score group|nps_group|percentile|duration|progress|zip|age\b|year|count|number of|minutes|\bid\b/;

const commentTitle =
  /comment|feedback|why|reason|remark|review text|improve|better|kommentar|warum|grund|anything else|tell us|message/;

/** The column that people write into as they like. */
export function commentColumn(columns: readonly SampledColumn[]): SampledColumn | undefined {
  return columnLike(
    columns.filter(({ numbers }) => numbers === undefined),
    commentTitle,
  );
}

/** The answers on a scale, with the reason that a person is told. */
export function questionsIn(columns: readonly SampledColumn[]): Question[] {
  return columns.flatMap((column): Question[] => {
    const { title, numbers, name } = column;
    if (numbers === undefined || notScores.test(title)) return [];
    const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
    if (low < 0 || high > 10 || numbers.some((number) => !Number.isInteger(number))) return [];
    const between = `its numbers are ${low} to ${high}`;
    if (recommend.test(title)) {
      return [
        {
          column,
          survey: "nps",
          scale: "0-10",
          reason: `"${name}" asks for a recommendation, and ${between}: NPS`,
        },
      ];
    }
    const survey = employee.test(title)
      ? "esat"
      : effort.test(title)
        ? "ces"
        : satisfied.test(title)
          ? "csat"
          : undefined;
    if (survey === undefined) return [];
    const scale = scaleOf(survey, low, high);
    if (scale === undefined) return [];
    const isReversed = scale === "effort-1-5" && ease.test(title);
    const turned = isReversed ? ", turned round, since 5 of 5 is the least effort" : "";
    return [
      {
        column,
        survey,
        scale,
        isReversed,
        reason: `"${name}", and ${between}: ${survey} on ${scale}${turned}`,
      },
    ];
  });
}

function scaleOf(survey: "csat" | "ces" | "esat", low: number, high: number): string | undefined {
  if (survey === "ces") return low >= 1 && high <= 7 ? (high <= 5 ? "effort-1-5" : "1-7") : undefined;
  if (survey === "esat") return low < 1 ? undefined : high <= 5 ? "1-5" : "1-10";
  if (low >= 1) return high <= 5 ? "1-5" : high <= 7 ? "1-7" : "1-10";
  return high <= 5 ? "0-5" : "0-10";
}

/** Facts of the answers. @param common fields of all of them; `id` is completed by the survey where several are asked */
export function answerFacts(
  questions: readonly Question[],
  common: Readonly<Record<string, unknown>>,
  id: string | undefined,
): MappedFact[] {
  return questions.map(({ column, survey, scale, isReversed }, index) => {
    const first = questions.findIndex((other) => other.survey === survey) === index;
    const name = first ? survey : `${survey} ${index + 1}`;
    return {
      ...(first ? {} : { name }),
      to: "responses",
      when: { column: conditionName(column.name), blank: false },
      fields: {
        survey,
        ...(scale === defaultScales[survey] ? {} : { scale }),
        ...(id === undefined ? {} : { id: `${name.replace(" ", "-")}-${id}` }),
        score: scoreOf(column.name, isReversed),
        ...common,
      },
    };
  });
}

/** A score of a column; on 1–5 turned round. */
export function scoreOf(column: string, isReversed = false): object {
  const score = { number: `{${column}}` };
  return isReversed ? { difference: [6, score] } : score;
}

const defaultScales = { nps: "0-10", csat: "1-5", ces: "1-7", esat: "1-10" } as const;

/** A column's name where it does not stand in braces. */
export function conditionName(name: string): string {
  return name.replaceAll("{{", "{").replaceAll("}}", "}");
}
