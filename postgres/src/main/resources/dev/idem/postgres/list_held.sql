-- One page of the held records, after the given position, by the index on them: the condition is the index's own. A null condition
-- matches everything.
WHERE answer = decode('014e02', 'hex')
  AND (scope, key) > (:afterScope, :afterKey)
  AND expires_at > clock_timestamp()
  AND (:scope::text IS NULL OR scope = :scope)
ORDER BY scope, key
LIMIT :limit
