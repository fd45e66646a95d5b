-- As list.sql, for one scope, by the primary key.
WHERE scope = :scope AND key > :afterKey
  AND expires_at > clock_timestamp()
  AND (:state::text IS NULL OR state = :state)
ORDER BY key
LIMIT :limit
