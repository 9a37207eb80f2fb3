// Decides cases by DMN documents: dmn-moddle (the parser of dmn-js) reads them, feelin evaluates every FEEL text.
// A line of stdin: {xml, cases: [{input: value}]}; the line it gives: {answers: [{decision: {output: value}}]} (of a
// table with hit policy COLLECT a list of those), or {error} for whatever is not as it should be. An input whose type is a date is given as jjjj-mm-dd.
import { createInterface } from 'node:readline';
import { DmnModdle } from 'dmn-moddle';
import { evaluate, unaryTest } from 'feelin';

function value(answer, text) {
  if (answer.warnings.length) throw new Error(`${text}: ${JSON.stringify(answer.warnings)}`);
  return answer.value;
}

const known = new Map();

// A FEEL text is a function of itself and the one variable that ours mention, so each pair is evaluated once.
function once(text, subject, evaluated) {
  const key = `${text}\n${JSON.stringify(subject)}`;
  if (!known.has(key)) known.set(key, value(evaluated(), `${text} (${JSON.stringify(subject)})`));
  return known.get(key);
}

function holds(text, subject) {
  return once(text, subject, () => unaryTest(text, { '?': subject }));
}

function read(text, context) {
  const [name] = text.split('.');
  return once(text, context[name], () => evaluate(text, { [name]: context[name] }));
}

function check(types, typeRef, subject) {
  const allowed = types[typeRef]?.allowedValues;
  if (allowed && !holds(allowed.text, subject)) throw new Error(`${typeRef}: ${subject} is not allowed`);
}

function compile(decision, types) {
  const { input: inputs = [], output: outputs, rule: rules = [], hitPolicy } = decision.decisionLogic;
  const rows = rules.map((rule) => ({
    tests: (rule.inputEntry ?? []).map((entry) => entry.text),
    outputs: rule.outputEntry.map((entry) => value(evaluate(entry.text, {}), entry.text)),
  }));
  return (context) => {
    const subjects = inputs.map(({ inputExpression: { text } }) => read(text, context));
    const hits = rows.filter(({ tests }) => tests.every((test, i) => holds(test, subjects[i])));
    const given = ({ outputs: values }) => {
      outputs.forEach(({ typeRef }, i) => check(types, typeRef, values[i]));
      return Object.fromEntries(outputs.map(({ name }, i) => [name, values[i]]));
    };
    if (hitPolicy === 'COLLECT') return hits.map(given);
    if (!hits.length) throw new Error(`${decision.name}: no rule for ${JSON.stringify(context)}`);
    if (hits.length > 1 && hitPolicy !== 'FIRST') throw new Error(`${decision.name}: ${hits.length} unique rules`);
    return given(hits[0]);
  };
}

// What each decision requires is evaluated first, and nothing else is in its context.
function order(decisions) {
  const done = new Map();
  const place = (decision) => {
    if (done.has(decision.id)) return;
    const hrefs = (kind) => (decision.informationRequirement ?? []).flatMap((r) => r[kind]?.href.slice(1) ?? []);
    hrefs('requiredDecision').forEach((id) => place(decisions.find((d) => d.id === id)));
    done.set(decision.id, { decision, needs: new Set([...hrefs('requiredDecision'), ...hrefs('requiredInput')]) });
  };
  decisions.forEach(place);
  return [...done.values()];
}

async function decideAll({ xml, cases }) {
  const { rootElement, warnings } = await new DmnModdle().fromXML(xml);
  if (warnings.length) throw new Error(warnings.map((w) => w.message).join('\n'));
  const types = Object.fromEntries(rootElement.itemDefinition.map((item) => [item.name, item]));
  const elements = rootElement.drgElement;
  const inputs = elements.filter((e) => e.$type === 'dmn:InputData');
  const decisions = order(elements.filter((e) => e.$type === 'dmn:Decision')).map(({ decision, needs }) => ({
    decision,
    names: elements.filter((e) => needs.has(e.id)).map((e) => e.variable.name),
    decide: compile(decision, types),
  }));
  return cases.map((facts) => {
    const context = {};
    for (const { variable } of inputs) {
      const given = facts[variable.name];
      const isDate = types[variable.typeRef].typeRef === 'date';
      context[variable.name] = isDate ? value(evaluate(`date("${given}")`, {}), given) : given;
      check(types, variable.typeRef, context[variable.name]);
    }
    const results = {};
    for (const { decision, names, decide } of decisions) {
      const seen = Object.fromEntries(names.map((name) => [name, context[name]]));
      context[decision.variable.name] = results[decision.name] = decide(seen);
    }
    return results;
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  const said = await decideAll(JSON.parse(line)).then((answers) => ({ answers }), (error) => ({ error: error.message }));
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
