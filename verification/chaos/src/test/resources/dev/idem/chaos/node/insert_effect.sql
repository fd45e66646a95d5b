-- An effect of the atomic workload. Nothing here hinders a second one: that is what is tested.
INSERT INTO chaos_effects (key, id, node, fencing, attempt, entered)
VALUES (:key, :id, :node, :fencing, :attempt, :entered)
