-- One page in the order of the primary key, after the given position. A null condition matches everything.
SELECT *, clock_timestamp() AS read_at
FROM idempotency_records
WHERE (scope, key) > (:afterScope, :afterKey)
  AND expires_at > clock_timestamp()
  AND (:state::text IS NULL OR state = :state)
  AND (:scope::text IS NULL OR scope = :scope)
  AND (:silenceMs::bigint IS NULL
       OR (state = 'processing' AND heartbeat_at + :silenceMs * interval '1 ms' < clock_timestamp()))
ORDER BY scope, key
LIMIT :limit
