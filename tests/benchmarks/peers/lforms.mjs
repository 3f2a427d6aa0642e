// Answers a FHIR questionnaire in LForms (headless) again and again and reports how long that took.
//
// node lforms.mjs FOLDER < {"questionnaire": ..., "answers": [[linkId, value], ...], "rounds": n}
// FOLDER has node_modules with lforms and jsdom. Prints {"ms": [...], "cpu_ms": [...], "enabled": [linkId, ...]}.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const modules = join(resolve(process.argv[2]), "node_modules");
const { JSDOM } = createRequire(join(modules, "any.js"))("jsdom");
const { questionnaire, answers, rounds } = JSON.parse(readFileSync(0, "utf8"));

const { window } = new JSDOM("<!doctype html><body></body>", { runScripts: "outside-only", pretendToBeVisual: true });
window.matchMedia ??= () => ({ matches: false, addListener() {}, removeListener() {}, addEventListener() {} });
for (const file of ["webcomponent/lhc-forms.js", "fhir/R4/lformsFHIR.min.js"]) {
  window.eval(readFileSync(join(modules, "lforms/dist/lforms", file), "utf8"));
}
const { LForms } = window;

function fresh() {
  const form = LForms.Util.convertFHIRQuestionnaireToLForms(structuredClone(questionnaire), "R4");
  const data = new LForms.LFormsData(form);
  const item = new Map(data.itemList.map((found) => [found.linkId, found]));
  return { data, item };
}

function valueFor(item, value) {
  if (item.dataType !== "CODING" || typeof value !== "string") return value;
  return item.answers.find((answer) => answer.code === value);
}

const ms = [];
const cpu_ms = [];
let enabled = [];
for (let round = -2; round < rounds; round += 1) {
  const { data, item } = fresh();
  const given = answers.map(([id, value]) => [item.get(id), valueFor(item.get(id), value)]);
  const cpu = process.cpuUsage();
  const start = performance.now();
  for (const [asked, value] of given) {
    asked.value = value;
    data.updateOnSourceItemChange(asked);
  }
  const took = performance.now() - start;
  const used = process.cpuUsage(cpu);
  if (round >= 0) {
    ms.push(took);
    cpu_ms.push((used.user + used.system) / 1000);
  }
  enabled = data.itemList.filter((found) => found._skipLogicStatus !== "target-disabled").map((found) => found.linkId);
}
process.stdout.write(JSON.stringify({ ms, cpu_ms, enabled }));
process.exit(0);
