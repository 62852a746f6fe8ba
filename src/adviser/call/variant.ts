/** A model with its prompt, named in a setting as `model`, `model#prompt` or `#prompt`. */
import { DEFAULT_MODEL } from "./models.ts";
import { DEFAULT_PROMPT, isPromptVersion } from "../words/prompt.ts";

export interface Variant {
  readonly model: string;
  readonly promptVersion: string;
}

/** A missing part, or an unknown prompt, is taken from `usual`. */
export function parseVariant(
  name: string | null,
  usual: Variant = { model: DEFAULT_MODEL, promptVersion: DEFAULT_PROMPT },
): Variant {
  const [model = "", prompt = ""] = (name ?? "").split("#", 2).map((part) => part.trim());
  return { model: model || usual.model, promptVersion: isPromptVersion(prompt) ? prompt : usual.promptVersion };
}
