-- Replaces the settings, unless another writer has changed them since the expected version. Returns no row in that case.
UPDATE idempotency_rollout
SET version = version + 1, settings = CAST(:settings AS jsonb), changed_at = now(), changed_by = :by, reason = :reason
WHERE version = :expected
RETURNING version, settings::text AS settings, changed_at, changed_by, reason
