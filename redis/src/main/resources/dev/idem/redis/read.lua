-- Reads a record, its remaining time to live and the time of reading in one step. KEYS[1] the record
-- Returns {value, remaining ms, now in us}, or an empty list. What is no record has an empty value.
local value = readable('GET', KEYS[1])
if value == false and redis.call('PTTL', KEYS[1]) ~= -2 then
  value = ''
end
if not value then
  return {}
end
local time = redis.call('TIME')
return {value, redis.call('PTTL', KEYS[1]), time[1] * 1000000 + time[2]}
