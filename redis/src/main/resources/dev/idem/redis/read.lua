-- Reads a record, its remaining time to live and the time of reading in one step. KEYS[1] the record
-- Returns {value, remaining ms, now in us}, or an empty list.
local value = redis.call('GET', KEYS[1])
if not value then
  return {}
end
local time = redis.call('TIME')
return {value, redis.call('PTTL', KEYS[1]), time[1] * 1000000 + time[2]}
