// SPDX-License-Identifier: Apache-2.0
import { sentence } from "../ui/format.js";

// Pure: from a JSON schema to the fields of a form, and between their texts and values.

/**
 * The fields that a schema asks for, groups within groups as paths.
 *
 * @returns {{path: string, label: string, kind: "text"|"number"|"choice"|"lines"|"ids"|"json", required:
 *     boolean, about: string, choices: string[], min?: number, max?: number}[]}
 */
export function fieldsOf(schemas, name, path = "", needed = true) {
  const schema = schemas[name];
  return Object.entries(schema.properties).flatMap(([key, property]) => {
    const at = path ? path + "." + key : key;
    const required = needed && (schema.required ?? []).includes(key);
    const target = targetOf(schemas, property);
    if (target.name && target.schema.properties)
      return fieldsOf(schemas, target.name, at, required);
    return [fieldOf(schemas, at, property, target.schema, required)];
  });
}

function targetOf(schemas, property) {
  const ref = property.$ref ?? property.allOf?.[0]?.$ref;
  if (!ref) return { name: null, schema: property };
  const name = ref.split("/").at(-1);
  return { name, schema: schemas[name] };
}

function fieldOf(schemas, path, property, schema, required) {
  const field = {
    path,
    label: labelOf(path),
    required,
    about: property.description ?? schema.description ?? "",
    choices: schema.enum ?? [],
    min: schema.minimum,
    max: schema.maxLength,
  };
  return { ...field, kind: kindOf(schemas, schema) };
}

function kindOf(schemas, schema) {
  if (schema.enum) return "choice";
  if (schema.type === "integer" || schema.type === "number") return "number";
  if (schema.type === "object") return "json";
  if (schema.type !== "array") return "text";
  return targetOf(schemas, schema.items).schema.type === "string" ? "lines" : "ids";
}

/** "session.modeName" → "Mode name", with words for what abbreviates. */
function labelOf(path) {
  const key = path.split(".").at(-1);
  const known = {
    ttlMs: "Time to live, in milliseconds",
    id: "Id",
    kind: "Runtime kind",
    version: "Runtime version",
  };
  return known[key] ?? sentence(key.replace(/([A-Z])/g, (letter) => " " + letter.toLowerCase()));
}

export function valueAt(value, path) {
  return path.split(".").reduce((found, key) => found?.[key], value);
}

/** The value with another one at the path; what is undefined goes, and so does a group left empty. */
export function withValue(value, path, part) {
  const [key, ...rest] = path.split(".");
  const next = rest.length > 0 ? withValue(value?.[key] ?? {}, rest.join("."), part) : part;
  const copy = { ...value };
  if (next === undefined || (rest.length > 0 && Object.keys(next).length === 0)) delete copy[key];
  else copy[key] = next;
  return copy;
}

/** What a field shows for a value. */
export function textOf(field, value) {
  if (value === undefined || value === null) return "";
  if (field.kind === "lines") return value.join("\n");
  if (field.kind === "ids") return value.map((one) => one?.id ?? "").join("\n");
  if (field.kind === "json") return JSON.stringify(value, null, 2);
  return String(value);
}

/** What a text means in a field; undefined for an empty one. Throws an Error with a sentence for a wrong one. */
export function readText(field, text) {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  const lines = () =>
    trimmed
      .split(/[\n,]/)
      .map((line) => line.trim())
      .filter(Boolean);
  switch (field.kind) {
    case "number":
      if (!/^-?\d+$/.test(trimmed)) throw new Error("A whole number, please.");
      return Number(trimmed);
    case "lines":
      return lines();
    case "ids":
      return lines().map((id) => ({ id }));
    case "json":
      return readObject(trimmed);
    default:
      return trimmed;
  }
}

export function readObject(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error("This is no JSON: " + cause.message, { cause });
  }
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new Error("A JSON object, please: { … }.");
  return value;
}

/** Required fields that have nothing, by path. */
export function missingOf(fields, value) {
  return fields
    .filter((field) => field.required && textOf(field, valueAt(value, field.path)) === "")
    .map((field) => field.path);
}
