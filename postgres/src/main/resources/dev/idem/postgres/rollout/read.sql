-- The rollout settings of all nodes, and the time of their last change.
SELECT version, settings::text AS settings, changed_at, changed_by, reason FROM idempotency_rollout
