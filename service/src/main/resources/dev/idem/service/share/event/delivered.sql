-- The consumer has taken it. Whoever holds it by now changes nothing of that.
UPDATE share_events SET delivered_at = clock_timestamp(), last_error = NULL
WHERE id = :id AND delivered_at IS NULL
