-- The least that a completion can be: the answer, in the claim's place.
-- KEYS[1] the record    ARGV[1] the answer    ARGV[2] time to live, ms
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
