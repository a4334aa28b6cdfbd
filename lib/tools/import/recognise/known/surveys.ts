import { isTimeZone } from "../../../../domain/calendar/zones.ts";
import { timeReadingOf } from "../column-kinds.ts";
import { answerFacts, commentColumn, questionsIn, scoreOf } from "../questions.ts";
import { type FileColumns, field, filled, type KnownExport, type Mapped } from "./known-export.ts";

/** Exports of tools that ask customers. */

const delightedSurveys = ["nps", "csat", "ces"] as const;

const delighted: KnownExport = {
  tool: "Delighted",
  what: "survey responses",
  columns: ["Response ID", "Survey Type", "Score", "Comment", "Survey Sent At", "Response Received At"],
  mapping: (file) => {
    const about = {
      ...field("customerId", file.first("Person ID", "Email")),
      ...file.dimensions({ locale: "Locale", trend: "Trend" }),
    };
    const invitation = {
      to: "events",
      when: filled("Survey Sent At"),
      fields: {
        type: "invitation.sent",
        id: "invitation-{Response ID}",
        invitationId: "{Response ID}",
        occurredAt: { time: "{Survey Sent At}" },
        ...about,
      },
    };
    const asked = new Set(file.cells("Survey Type").map((type) => type.toLowerCase()));
    // Its answers about effort agree on 1–5 that it was easy.
    const isOnFive = file.cells("Score").length > 0 && cesScores(file).every((score) => score <= 5);
    const answers = delightedSurveys
      .filter((survey) => asked.size === 0 || asked.has(survey))
      .map((survey) => ({
        to: "responses",
        when: [{ column: "Survey Type", is: [survey, survey.toUpperCase()] }, filled("Score")],
        fields: {
          survey,
          id: "{Response ID}",
          invitationId: "{Response ID}",
          occurredAt: { time: "{Response Received At}" },
          ...(survey === "ces" && isOnFive ? { scale: "effort-1-5" } : {}),
          score: scoreOf("Score", survey === "ces" && isOnFive),
          comment: "{Comment}",
          ...(file.has("Tags") ? { tags: { list: "{Tags}", separator: "," } } : {}),
          ...about,
        },
      }));
    return { mapping: { times: { zone: "UTC" }, facts: [invitation, ...answers] } };
  },
};

/** The scores of the answers about effort. */
function cesScores(file: FileColumns): number[] {
  return file.rows
    .filter((row) => row("Survey Type").toLowerCase() === "ces" && row("Score") !== "")
    .map((row) => Number(row("Score")));
}

/** A form with a time, a person, and questions that people made up. */
function form(
  file: FileColumns,
  own: readonly string[],
  time: string,
  more: { readonly id?: string | undefined; readonly customer?: string | undefined; readonly times?: object },
): Mapped {
  const asked = file.beside(new Set(own));
  const questions = questionsIn(asked);
  const comment = commentColumn(asked);
  const column = file.all.find(({ name }) => `{${name}}` === time);
  const reading = column && timeReadingOf(column);
  // What the cells show stands over what the tool usually writes.
  const order = reading?.order === undefined || reading.isUnsure ? {} : { order: reading.order };
  const at = reading?.needsTime ? { at: "12:00" } : {};
  const common = {
    ...field("customerId", more.customer),
    ...field("comment", comment && `{${comment.name}}`),
  };
  const facts = answerFacts(questions, common, more.id);
  return {
    mapping: {
      times: { zone: "UTC", ...at, ...more.times, ...order },
      fields: { occurredAt: { time } },
      facts,
    },
    reasons: [
      ...questions.map(({ reason }) => reason),
      ...(facts.length === 0 ? ["no question asks for a recommendation, satisfaction or effort"] : []),
    ],
  };
}

const typeform: KnownExport = {
  tool: "Typeform",
  what: "responses to a form",
  columns: ["#", "Start Date (UTC)", "Submit Date (UTC)", "Network ID"],
  mapping: (file) => {
    const own = [
      "#",
      "Start Date (UTC)",
      "Stage Date (UTC)",
      "Submit Date (UTC)",
      "Network ID",
      "Response Type",
      "Tags",
    ];
    return form(file, own, "{Submit Date (UTC)}", { id: "{#}" });
  },
};

const surveyMonkey: KnownExport = {
  tool: "SurveyMonkey",
  what: "responses to a survey",
  columns: ["Respondent ID", "Collector ID", "Start Date", "End Date"],
  mapping: (file) => {
    const own = [
      "Respondent ID",
      "Collector ID",
      "Start Date",
      "End Date",
      "IP Address",
      "Email Address",
      "First Name",
      "Last Name",
      "Custom Data 1",
    ];
    const email = file.cells("Email Address").length > 0 ? "{Email Address}" : undefined;
    return form(file, own, "{End Date}", { id: "{Respondent ID}", customer: email, times: { order: "mdy" } });
  },
};

const googleForms: KnownExport = {
  tool: "Google Forms",
  what: "responses to a form",
  columns: ["Timestamp"],
  mapping: (file) => {
    const customer = file.first("Email Address", "Username");
    return form(file, ["Timestamp", "Email Address", "Username"], "{Timestamp}", {
      customer,
      times: { order: "mdy" },
    });
  },
};

const qualtricsColumns = [
  "StartDate",
  "EndDate",
  "Status",
  "IPAddress",
  "Progress",
  "Duration (in seconds)",
  "Finished",
  "RecordedDate",
  "ResponseId",
  "RecipientLastName",
  "RecipientFirstName",
  "RecipientEmail",
  "ExternalReference",
  "LocationLatitude",
  "LocationLongitude",
  "DistributionChannel",
  "UserLanguage",
];

/** The third row of the header says in which zone the times are: `Z`, or one that whoever exported had chosen. */
function qualtricsZone(file: FileColumns): string | undefined {
  const titles = file.all.find(({ name }) => name === "RecordedDate")?.titles ?? [];
  const zone = titles.join(" ").match(/"timeZone":"([^"]+)"/)?.[1];
  return zone !== undefined && isTimeZone(zone) ? zone : undefined;
}

const qualtrics: KnownExport = {
  tool: "Qualtrics",
  what: "responses to a survey",
  columns: ["StartDate", "EndDate", "Finished", "RecordedDate", "ResponseId"],
  mapping: (file) => {
    const customer = ["ExternalReference", "RecipientEmail"].find((name) => file.cells(name).length > 0);
    const zone = qualtricsZone(file) ?? "UTC";
    const made = form(file, qualtricsColumns, "{RecordedDate}", {
      id: "{ResponseId}",
      customer: customer && `{${customer}}`,
      times: { zone },
    });
    const skip = [
      { when: { column: "Finished", is: ["False", "0"] }, reason: "not finished" },
      ...(file.has("Status")
        ? [{ when: { column: "Status", is: ["Survey Preview", "1"] }, reason: "preview" }]
        : []),
    ];
    const reasons = [
      ...(zone === "UTC" ? [] : [`times are in ${zone}, as the header says`]),
      ...(made.reasons ?? []),
    ];
    return { mapping: { ...made.mapping, skip }, reasons };
  },
};

export const surveyExports = [delighted, typeform, surveyMonkey, qualtrics, googleForms];
