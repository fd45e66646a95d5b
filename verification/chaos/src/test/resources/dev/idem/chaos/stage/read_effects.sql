-- Every effect of the atomic workload that was committed.
SELECT key, id, node, fencing, attempt, entered, at
FROM chaos_effects
