-- The consumer failed: it is asked again after 1 s, 2 s, 4 s … and every 5 minutes in the end. No row is updated when
-- another node has taken the event since.
UPDATE share_events
SET last_error = :error, next_attempt_at = clock_timestamp() + LEAST(power(2, LEAST(attempts, 10) - 1), 300) * interval '1 s'
WHERE id = :id AND attempts = :attempt AND delivered_at IS NULL
