-- One page in the order of the primary key, after the given position. A null condition matches everything.
WHERE (scope, key) > (:afterScope, :afterKey)
  AND expires_at > clock_timestamp()
  AND (:state::text IS NULL OR state = :state)
ORDER BY scope, key
LIMIT :limit
