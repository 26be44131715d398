// SPDX-License-Identifier: Apache-2.0
import { asText, sentence } from "../ui/format.js";

// Pure: the filter of the list as it stands in the address, in the request, and in words.

export const STATUSES = [
  "queued",
  "starting",
  "binding_session",
  "running",
  "suspended",
  "completed",
  "failed",
  "cancelled",
];

export const WITHIN = {
  "1h": 3_600_000,
  "24h": 86_400_000,
  "7d": 604_800_000,
  "30d": 2_592_000_000,
};

const TEXTS = ["search", "environment", "scenarioRef", "tags", "createdAfter", "createdBefore"];
const FLAGS = ["includeSandbox", "includeArchived"];

/** The filter that an address asks for; what is not understood is left out. */
export function readFilter(query) {
  const filter = {};
  if (STATUSES.includes(query.status)) filter.status = query.status;
  for (const name of TEXTS) if (query[name]?.trim()) filter[name] = query[name].trim();
  for (const name of FLAGS) if (query[name] === "true") filter[name] = "true";
  if (query.within in WITHIN) filter.within = query.within;
  if (query.sortBy === "updatedAt") filter.sortBy = "updatedAt";
  if (query.sortOrder === "asc") filter.sortOrder = "asc";
  return filter;
}

/** What the server is asked for. A span of time ends now, so it needs the time. */
export function requestOf({ within, ...filter }, now) {
  if (!within) return filter;
  return { ...filter, createdAfter: new Date(now - WITHIN[within]).toISOString() };
}

const WORDS = {
  status: (value) => "Status: " + sentence(value),
  search: (value) => "Contains “" + value + "”",
  environment: (value) => "Environment: " + value,
  scenarioRef: (value) => "Scenario: " + value,
  tags: (value) => "Tagged " + value.split(",").join(" and "),
  createdAfter: (value) => "After " + value,
  createdBefore: (value) => "Before " + value,
  within: (value) => "Last " + value,
  includeSandbox: () => "With sandbox runs",
  includeArchived: () => "With archived runs",
  sortBy: () => "By last event",
  sortOrder: () => "Oldest first",
};

/** One chip for each part of the filter, with the filter that is left without it. */
export function chipsOf(filter) {
  return Object.keys(WORDS)
    .filter((name) => filter[name] !== undefined)
    .map((name) => {
      const { [name]: gone, ...rest } = filter;
      return { name, label: asText(WORDS[name](gone)), rest };
    });
}

/**
 * Whether a record belongs into the list; the stream of changes tells of all runs. The words of a search
 * are looked for where the server looks for them.
 */
export function matchesFilter(record, filter, now) {
  const metadata = record.metadata ?? {};
  const session = metadata.executionRequest?.session ?? {};
  const scenario = [metadata.scenarioRef, record.sourceRef];
  const request = requestOf(filter, now);
  return (
    (filter.includeSandbox || record.mode !== "sandbox") &&
    (filter.includeArchived || !record.archivedAt) &&
    (!filter.status || record.status === filter.status) &&
    (!filter.environment || metadata.environment === filter.environment) &&
    contains(scenario, filter.scenarioRef) &&
    (filter.tags ?? "")
      .split(",")
      .every((tag) => !tag || (record.tags ?? []).includes(tag.trim())) &&
    (!request.createdAfter || record.createdAt > request.createdAfter) &&
    (!request.createdBefore || record.createdAt < request.createdBefore) &&
    contains(
      [
        record.id,
        ...scenario,
        metadata.environment,
        ...(record.tags ?? []),
        session.modeName,
        session.policyVersion,
      ],
      filter.search,
    )
  );
}

function contains(values, wanted) {
  if (!wanted) return true;
  const text = wanted.toLowerCase();
  return values.some((value) => typeof value === "string" && value.toLowerCase().includes(text));
}
