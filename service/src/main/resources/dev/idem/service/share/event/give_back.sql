-- Nobody was asked: the next node may take it at once.
UPDATE share_events SET attempts = attempts - 1, next_attempt_at = clock_timestamp()
WHERE id = :id AND attempts = :attempt AND delivered_at IS NULL
