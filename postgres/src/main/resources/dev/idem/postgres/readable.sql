-- Whether a row "held" is a record of this release, as RecordRow also sees it: a part of other statements. What is within these
-- bounds can be added and subtracted without an error. Its arithmetic may only be used where this is true, so in a CASE.
octet_length(held.fingerprint) = 32
AND held.fencing BETWEEN 0 AND 9223372036854775806 AND held.attempt BETWEEN 0 AND 2147483646
AND held.lock_timeout_ms BETWEEN 0 AND 100000000000000 AND coalesce(held.window_ms BETWEEN 0 AND 100000000000000, true)
AND held.claimed_at BETWEEN '1970-01-01 UTC' AND '9999-12-31 UTC'
AND held.heartbeat_at BETWEEN '1970-01-01 UTC' AND '9999-12-31 UTC'
AND held.expires_at BETWEEN '1970-01-01 UTC' AND '9999-12-31 UTC'
AND coalesce(held.completed_at BETWEEN '1970-01-01 UTC' AND '9999-12-31 UTC', held.state = 'processing')
