import { type Customer, isActive } from "./company.ts";
import { segmentsOf } from "./customers.ts";
import type { Random } from "./random.ts";
import { type CustomerSurvey, scored } from "./scores.ts";
import { isIn } from "./story.ts";
import { type Draft, type World, wakingSecond } from "./world.ts";

/** Answers to the surveys that stand on the site and in the app, and to the employees' survey. */

const scoreSurveys = [
  { survey: "nps", perDay: 2.2, touchpoints: ["app", "website", "account"] },
  { survey: "csat", perDay: 4, touchpoints: ["checkout", "delivery", "support", "app"] },
  { survey: "ces", perDay: 4, touchpoints: ["checkout", "support", "returns", "app"] },
] as const;

/** At which stage of the journey a touchpoint is. */
const stages: Readonly<Record<string, string>> = {
  website: "consideration",
  checkout: "decision",
  delivery: "decision",
};

const employees = 24;
const daysBetweenEmployeeSurveys = 30;
const departments = ["support", "shop", "warehouse", "office"] as const;

/** Makes the answers. */
export function* surveyFacts(world: World): Generator<Draft> {
  const random = world.random("surveys");
  for (let day = 0; day < world.plan.days; day += 1) {
    const active = world.company.customers.filter((customer) => isActive(customer, day));
    for (const { survey, perDay, touchpoints } of scoreSurveys) {
      for (let left = random.poisson(world.sampleVolume(day, perDay)); left > 0; left -= 1) {
        const touchpoint = random.pick(touchpoints);
        yield answerOf(world, { survey, day, touchpoint, customer: someone(active, random) }, random);
      }
    }
    if (day % daysBetweenEmployeeSurveys === 20) yield* employeeAnswers(world, day, random);
  }
}

/** More than half of those who answer are signed in. */
function someone(active: readonly Customer[], random: Random): Customer | undefined {
  return random.chance(0.6) ? active[random.int(0, Math.max(0, active.length - 1))] : undefined;
}

interface Occasion {
  readonly survey: CustomerSurvey;
  readonly day: number;
  readonly touchpoint: string;
  readonly customer: Customer | undefined;
}

function answerOf(world: World, { survey, day, touchpoint, customer }: Occasion, random: Random): Draft {
  const language = customer?.language ?? random.pick(["en", "de", "fr", "es", "ja", "zh"]);
  const device = deviceOf(random);
  const { country, plan } = customer ? segmentsOf(customer) : {};
  return {
    to: "responses",
    at: world.instant(day, wakingSecond(random)),
    fields: {
      survey,
      surveyId: `${survey}-${touchpoint}`,
      ...(customer ? { customerId: customer.id } : {}),
      ...scored({ survey, day, story: world.story, customer, language }, random),
      dimensions: {
        touchpoint,
        stage: stages[touchpoint] ?? "retention",
        device,
        language,
        ...(country ? { country } : {}),
        ...(plan ? { plan } : {}),
      },
    },
  };
}

/** A device, as often as people use it. */
export function deviceOf(random: Random): string {
  return random.weighted([
    ["mobile", 58],
    ["desktop", 36],
    ["tablet", 6],
  ]);
}

/** Employees have no customer id. */
function* employeeAnswers(world: World, day: number, random: Random): Generator<Draft> {
  const { story } = world;
  for (let employee = 0; employee < employees; employee += 1) {
    if (!random.chance(0.75)) continue;
    const asked = { survey: "esat", day: day + random.int(0, 4), story, language: "en" } as const;
    const { score } = scored(asked, random);
    const hardTimes = isIn(story.badRelease, asked.day);
    const said = hardTimes ? { comment: "Too many tickets since the release, and no help in sight." } : {};
    yield {
      to: "responses",
      at: world.instant(asked.day, 9 * 3600 + random.int(0, 8 * 3600)),
      fields: {
        survey: "esat",
        surveyId: "employees",
        score,
        ...(random.chance(0.3) ? said : {}),
        dimensions: { department: departments[employee % departments.length] ?? "office" },
      },
    };
  }
}
