-- One page, newest first. Only the id decides the order; the times let PostgreSQL skip the partitions of other days.
SELECT id, at, type, scope, key, route, layer, node, fencing, actor, reason, detail FROM idempotency_events
WHERE (CAST(:from AS timestamptz) IS NULL OR at >= :from)
  AND (CAST(:to AS timestamptz) IS NULL OR at < :to)
  AND (CAST(:scope AS text) IS NULL OR scope = :scope)
  AND (CAST(:key AS text) IS NULL OR key = :key)
  AND (cardinality(:types) = 0 OR type = ANY (:types))
  AND (CAST(:before AS bigint) IS NULL OR id < :before)
ORDER BY id DESC
LIMIT :limit
