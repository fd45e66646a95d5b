-- Reads the fixed part of a record, without its answer. KEYS[1] the record
-- Returns {the value up to its origin, now in us}.
local time = redis.call('TIME')
return {redis.call('GETRANGE', KEYS[1], 0, ORIGIN - 2), time[1] * 1000000 + time[2]}
