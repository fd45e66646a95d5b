-- Replaces it, unless somebody else has done so since the version that the writer has seen; no row comes back then.
UPDATE idempotency_rollout
SET version = version + 1, settings = CAST(:settings AS jsonb), changed_at = now(), changed_by = :by, reason = :reason
WHERE version = :expected
RETURNING version, settings::text AS settings, changed_at, changed_by, reason
