-- Lets Redis decide in a bucket, when the refill that it was prepared by is still the one that runs.
-- KEYS[1] the bucket's marker    ARGV[1] what the refill has put there    ARGV[2] the generation
-- Returns 1, or 0 when another refill has begun.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[2])
return 1
