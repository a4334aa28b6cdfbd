import { noValue } from "../../store/records/dimensions.ts";

/** Groups of customers by a dimension: the largest ones, and the others together. */

/** At most so many groups; the smaller ones are added up. */
export const maxCustomerGroups = 12;

/** The group of what is left of them. */
export const otherGroups = "(other)";

/** The same customers, with the smaller groups as one. */
export function withFewGroups<Member extends { readonly group: string }>(
  members: readonly Member[],
): readonly Member[] {
  const sizes = new Map<string, number>();
  for (const { group } of members) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  if (sizes.size <= maxCustomerGroups) return members;
  const kept = new Set(
    [...sizes]
      .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
      .slice(0, maxCustomerGroups)
      .map(([group]) => group),
  );
  return members.map((member) => (kept.has(member.group) ? member : { ...member, group: otherGroups }));
}

/** Says, in English, that a dimension tells nobody apart: where nobody has a value of it, be it since nobody ever sent one. Pages know it by its wording. */
export function remarksOnGroups(
  members: readonly { readonly group: string }[],
  groupBy: string | undefined,
): string[] {
  if (groupBy === undefined || members.length === 0) return [];
  const isToldApart = members.some(({ group }) => group !== noValue);
  if (isToldApart) return [];
  return [
    `No customer has a value of ${groupBy}: all are in the group ${noValue}. Customers have the dimensions of the fact with which they were won.`,
  ];
}

/** The value by which a customer is in a group: of the fact with which it was won. */
export function groupOf(
  { dimensions }: { readonly dimensions: Readonly<Record<string, string>> },
  groupBy: string | undefined,
): string {
  if (groupBy === undefined) return "";
  return (Object.hasOwn(dimensions, groupBy) ? dimensions[groupBy] : undefined) ?? noValue;
}
