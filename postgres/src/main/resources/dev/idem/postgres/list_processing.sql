-- One page of the processing records, those with the oldest heartbeat first, after the given position. The index on
-- heartbeat_at contains no completed record, so this reads only processing records. A heartbeat moves a record towards the end,
-- so a scan does not miss it. A null condition matches everything. A heartbeat outside of the years 1970 to 5000 is no record's, and
-- has no place in this order; a lock timeout of more than three thousand years counts as that, since sums have a limit.
WHERE state = 'processing'
  AND heartbeat_at >= 'epoch'::timestamptz + :afterMicros * interval '1 microsecond'
  AND (heartbeat_at, scope, key) > ('epoch'::timestamptz + :afterMicros * interval '1 microsecond', :afterScope, :afterKey)
  AND expires_at > clock_timestamp()
  AND heartbeat_at < '5000-01-01 UTC'
  AND (:scope::text IS NULL OR scope = :scope)
  AND (:silenceMs::bigint IS NULL
       OR heartbeat_at + least(greatest(:silenceMs, lock_timeout_ms), 100000000000000) * interval '1 ms' < clock_timestamp())
ORDER BY heartbeat_at, scope, key
LIMIT :limit
