-- The head of a record: everything but the answer, of which only the first bytes are read. A statement about heads begins with
-- this text. octet_length reads no answer that is stored apart from its row, and substring one piece of it.
SELECT scope, key, state, fingerprint, owner, fencing, attempt, node, route, claimed_at, heartbeat_at, lock_timeout_ms, window_ms,
       completed_at, expires_at, consistency, substring(answer FOR 6) AS answer_head, octet_length(answer) AS answer_bytes,
       clock_timestamp() AS read_at
FROM idempotency_records
