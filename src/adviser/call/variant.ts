/** A model with its prompt, named in a setting as `model`, `model#prompt` or `#prompt`. */
import { DEFAULT_MODEL, modelNamed } from "./models.ts";
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
  const prompt = (name ?? "").split("#", 2)[1]?.trim() ?? "";
  return {
    model: modelNamed(name, usual.model),
    promptVersion: isPromptVersion(prompt) ? prompt : usual.promptVersion,
  };
}
