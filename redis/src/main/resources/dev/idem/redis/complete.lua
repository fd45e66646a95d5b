-- Stores the answer, if the lease is still the caller's. "generation" is defined by a line that is put before this text.
-- KEYS[1] the record    KEYS[2] the marker of its bucket
-- ARGV[1] owner    ARGV[2] time to live, ms    ARGV[3] answer (opaque)
-- Returns {'1'}, also when this owner had completed it before, {'0'} when the lease is lost, {'U'} when Redis does not
-- decide. A value of another version is nobody's lease here.
local held = redis.call('MGET', KEYS[2], KEYS[1])
if held[1] ~= generation then
  return {'U'}
end
local value = held[2]
if not value or string.byte(value, 1) ~= VERSION or string.sub(value, OWNER, FINGERPRINT - 1) ~= ARGV[1] then
  return {'0'}
end
if string.sub(value, 1, OWNER - 1) == ANSWERED then
  return {'1'}
end
local time = redis.call('TIME')
redis.call('SET', KEYS[1],
  ANSWERED .. string.sub(value, OWNER, COMPLETED - 1)
    .. struct.pack(NUMBER, time[1] * 1000000 + time[2])
    .. string.sub(value, WINDOW) .. ARGV[3],
  'PX', ARGV[2])
return {'1'}
