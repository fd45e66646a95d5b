-- Deletes a batch of those that were delivered long ago.
DELETE FROM share_events
WHERE id IN (
    SELECT id FROM share_events
    WHERE delivered_at < clock_timestamp() - :keepMs * interval '1 ms'
    ORDER BY delivered_at
    LIMIT :batch
    FOR UPDATE SKIP LOCKED)
