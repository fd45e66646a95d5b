-- All matching events, oldest first, for readers that stream them.
SELECT id, at, type, scope, key, route, layer, node, fencing, actor, reason, detail FROM idempotency_events
WHERE (CAST(:from AS timestamptz) IS NULL OR at >= :from)
  AND (CAST(:to AS timestamptz) IS NULL OR at < :to)
  AND (CAST(:scope AS text) IS NULL OR scope = :scope)
  AND (CAST(:key AS text) IS NULL OR key = :key)
  AND (cardinality(:types) = 0 OR type = ANY (:types))
ORDER BY at, id
