/** What a trigger must be decided on; 0 = nothing was ever said, or uploaded for many items at once. */
export interface StoreVersions {
  readonly world: number;
  readonly uploads: number;
}
