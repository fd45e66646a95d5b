-- Makes this Redis an installation's, if it is nobody's. One step, so that of many that start together one wins.
-- KEYS[1] the owner, a hash    ARGV[1] the installation's id    ARGV[2] its database
-- Returns 1 if it was taken now, else 0.
if redis.call('HGET', KEYS[1], 'id') then
  return 0
end
redis.call('HSET', KEYS[1], 'id', ARGV[1], 'database', ARGV[2])
return 1
