-- The least that a claim can be: the stored value, if there is one, or else the caller's own is put there.
-- KEYS[1] the record    ARGV[1] who claims, and what    ARGV[2] time to live, ms
return redis.call('GET', KEYS[1]) or (redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) and nil)
