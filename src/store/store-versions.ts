/** The versions that a trigger must be decided on; 0 = nothing was ever said, or no bulk upload was made. */
export interface StoreVersions {
  readonly world: number;
  readonly uploads: number;
}
