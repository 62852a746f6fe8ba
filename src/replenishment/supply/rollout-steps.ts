/** Periods that the rollout of an unreliable supplier simulates. 7 and 12 score the same. */
export const ROLLOUT_STEPS = 9;
