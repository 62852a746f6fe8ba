/** One request of an upload, below the service's limits. */
export interface UploadPart {
  readonly what: "catalogue" | "sales" | "stock";
  readonly method: "PUT" | "POST";
  readonly path: string;
  readonly csv: string;
  readonly rows: number;
  readonly columns: readonly string[];
  /** The cells of each row of a count, of which some may be sent again; empty for other parts. */
  readonly records: readonly (readonly (string | number)[])[];
}

/** Most characters of a part: at three bytes each they stay below the service's 2 MiB. */
export const PART_CHARACTERS = 650_000;
