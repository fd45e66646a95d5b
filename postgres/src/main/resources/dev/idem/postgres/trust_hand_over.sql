-- From the commit on Redis decides, and knows all decisions up to this pass.
UPDATE idempotency_trust
SET trusted = true, settled_pass = pass, pass = pass + 1, changed_at = clock_timestamp(), changed_by = :node
WHERE generation = :generation AND NOT trusted
