-- Whether a bucket is as it was trusted. "generation" is defined by a line that is put before this text.
-- KEYS[1] the bucket's marker    Returns 1 or 0; a server that has restarted does not know this script.
return redis.call('GET', KEYS[1]) == generation and 1 or 0
