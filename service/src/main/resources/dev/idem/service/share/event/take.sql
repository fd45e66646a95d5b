-- Takes the oldest events that are due, passing over those that another node is taking. Whoever takes one holds it for a
-- while: a node that dies leaves it to the others after that.
UPDATE share_events
SET attempts = attempts + 1, next_attempt_at = clock_timestamp() + :holdMs * interval '1 ms'
WHERE id IN (
    SELECT id FROM share_events
    WHERE delivered_at IS NULL AND next_attempt_at <= clock_timestamp()
    ORDER BY next_attempt_at, id
    LIMIT :batch
    FOR UPDATE SKIP LOCKED)
RETURNING id, share_id, kind, derived_key, created_at, attempts
