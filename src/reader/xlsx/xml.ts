// oxlint-disable-next-line typescript/triple-slash-reference -- saxen ships no types of its own
/// <reference path="./saxen.d.ts" />
/** Elements of an XML text, by local names. saxen knows the five entities of XML and expands no others. */
import { Parser } from "saxen";
import { ReadProblem } from "../types.ts";

export interface XmlHandlers {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** Throws a ReadProblem for a text that is not XML. */
export function readXml(xml: string, { open, close, text }: XmlHandlers): void {
  const parser = new Parser();
  let failure: Error | null = null;
  parser.on("openTag", (name, attributes, decode) => {
    const raw = attributes();
    const decoded: Record<string, string> = {};
    for (const key of Object.keys(raw)) decoded[localName(key)] = decode(raw[key] ?? "");
    open(localName(name), decoded);
  });
  if (close !== undefined) parser.on("closeTag", (name) => close(localName(name)));
  if (text !== undefined) {
    parser.on("text", (raw, decode) => text(decode(raw)));
    parser.on("cdata", text);
  }
  parser.on("error", (error) => {
    failure ??= error;
  });
  try {
    parser.parse(xml);
  } catch (error) {
    failure ??= error as Error;
  }
  if (failure !== null)
    throw new ReadProblem("the workbook is damaged: its XML cannot be read. Open it, save it again, and send that.");
}

function localName(name: string): string {
  const colon = name.indexOf(":");
  return colon < 0 ? name : name.slice(colon + 1);
}
