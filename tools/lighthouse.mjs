// Prints the scores of a Lighthouse report that comes from standard input, and each audit that cost points.

import { text } from "node:stream/consumers";

const { categories, audits } = JSON.parse(await text(process.stdin));
const all = Object.values(categories);
console.log(`${process.argv[2]}: ${all.map(({ title, score }) => `${title} ${score * 100}`).join(", ")}`);
for (const { id, weight } of all.flatMap(({ auditRefs }) => auditRefs)) {
  const { score, title, displayValue = "" } = audits[id];
  if (weight > 0 && score !== null && score < 1) console.log(`  ${title} ${displayValue}`);
}
