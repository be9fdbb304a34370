// Reads cards as JSON, and writes what Microsoft's own library finds wrong with each.
const { readFileSync } = require("node:fs");
globalThis.self = globalThis; // the library is built for browsers
const cards = require("../node_modules/adaptivecards/dist/adaptivecards.min.js");

// Its pattern for `lang` remembers where it matched (/g), so that it refuses every other card.
const found = JSON.parse(readFileSync(0, "utf8")).map((content) => {
  const context = new cards.SerializationContext(cards.Versions.v1_5);
  const card = new cards.AdaptiveCard();
  card.hostConfig = new cards.HostConfig({ actions: { maxActions: 6 } }); // as Teams shows
  card.parse(content, context);
  const parsed = Array.from({ length: context.eventCount }, (_, place) => context.getEventAt(place));
  return [...parsed, ...card.validateProperties().validationEvents]
    .map((event) => event.message)
    .filter((message) => message !== `Invalid value "${content.lang}" for property "lang".`);
});
console.log(JSON.stringify(found));
