-- What holds for all nodes, and since when.
SELECT version, settings::text AS settings, changed_at, changed_by, reason FROM idempotency_rollout
