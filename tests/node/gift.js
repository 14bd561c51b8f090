// Parses GIFT from standard input with gift-pegjs, and prints what it understood.
const { parse } = require("gift-pegjs");

let text = "";
process.stdin.on("data", (piece) => (text += piece));
process.stdin.on("end", () => {
  const texts = JSON.parse(text);
  process.stdout.write(JSON.stringify(texts.map((gift) => parse(gift))));
});
