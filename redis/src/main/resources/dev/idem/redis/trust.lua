-- Makes Redis the authoritative store for a bucket, if the refill that prepared it is still the current one.
-- KEYS[1] the bucket's marker    ARGV[1] the refill's marker    ARGV[2] the generation
-- Returns 1, or 0 if another refill has begun.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[2])
return 1
