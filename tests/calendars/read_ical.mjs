// Reads calendars with Mozilla's ical.js: a line of JSON text in, a line of JSON out for each.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const ICAL = (await import(pathToFileURL(process.argv[2]))).default;

function instant(time) {
  return time === null ? null : time.isDate ? time.toString() : time.toJSDate().toISOString();
}

function events(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      start: instant(event.startDate),
      end: instant(event.endDate),
      summary: event.summary,
      description: event.description,
      sequence: event.sequence,
      status: component.getFirstPropertyValue("status"),
    };
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = events(JSON.parse(line));
  } catch (error) {
    answer = String(error);
  }
  console.log(JSON.stringify(answer));
}
