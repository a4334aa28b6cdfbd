import { type Customer, isActive } from "./company.ts";
import { type Draft, event, type World, wakingSecond } from "./world.ts";

/** Customers who search the knowledge base and read its articles before they ask anybody. */

const keywords = ["return shoes", "size", "invoice", "delivery", "password"] as const;

const articles = 48;

/** Makes the facts of customers who help themselves. */
export function* selfServiceFacts(world: World): Generator<Draft> {
  const random = world.random("self-service");
  for (let day = 0; day < world.plan.days; day += 1) {
    const active = world.company.customers.filter((customer) => isActive(customer, day));
    for (let left = random.poisson(world.sampleVolume(day, 4)); left > 0; left -= 1) {
      const customer: Customer | undefined = active[random.int(0, Math.max(0, active.length - 1))];
      const second = wakingSecond(random);
      const about = customer ? { customerId: customer.id } : {};
      const keyword = random.pick(keywords);
      const articleId = `article-${random.int(1, articles)}`;
      if (random.chance(0.7))
        yield event(world.instant(day, second), "article.searched", { ...about, keyword });
      if (random.chance(0.8))
        yield event(world.instant(day, second + 60), "article.used", { ...about, articleId });
    }
  }
}
