-- One page of tombstones, in the order of the primary key, after the given position. Only of deletions within the last :withinMs.
SELECT scope, key, owners,
       (extract(epoch FROM clock_timestamp() - least(deleted_at, clock_timestamp())) * 1000000)::bigint AS age_us,
       (extract(epoch FROM least(expires_at, '9999-12-31 UTC') - clock_timestamp()) * 1000)::bigint AS life_ms
FROM idempotency_tombstones
WHERE (scope, key) > (:afterScope, :afterKey)
  AND expires_at > clock_timestamp()
  AND deleted_at >= clock_timestamp() - :withinMs * interval '1 ms'
ORDER BY scope, key
LIMIT :limit
