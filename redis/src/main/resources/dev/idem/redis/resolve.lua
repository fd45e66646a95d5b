-- Says what became of a request whose outcome was unknown, unless the record changed since it was seen, whoever decides.
-- KEYS[1] the record    ARGV[1] owner seen    ARGV[2] the answer that stands for an unknown outcome
-- ARGV[3] the answer that takes its place; empty removes the record
-- Returns 1 when it was done, else 0. The time to live goes on as it was.
local value = redis.call('GET', KEYS[1])
if not value or string.sub(value, 1, FINGERPRINT - 1) ~= ANSWERED .. ARGV[1] then
  return 0
end
local head = ORIGIN + 1 + struct.unpack(LENGTH, value, ORIGIN)
if string.sub(value, head + 1) ~= ARGV[2] then
  return 0
end
if ARGV[3] == '' then
  return redis.call('DEL', KEYS[1])
end
redis.call('SET', KEYS[1], string.sub(value, 1, head) .. ARGV[3], 'KEEPTTL')
return 1
