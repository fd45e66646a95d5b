-- Finds those records of a page that have changed since a time, without reading their answers.
-- KEYS[1] any key of the server that has them    KEYS[2] and so on: the records    ARGV[1] the time, us
-- Returns {which run of the server this is, or '' if it may not tell; then for each record found its place in the page, from 0,
-- the length of its value, and the owner if that has answered, or ''}. A record of another version counts as changed, and so
-- does what is no record: only their reader can tell.
local server = redis.pcall('INFO', 'server')
local found = {type(server) == 'string' and string.match(server, 'run_id:(%x+)') or ''}
local since = tonumber(ARGV[1])
for i = 2, #KEYS do
  local head = readable('GETRANGE', KEYS[i], 0, ORIGIN - 2)
  local version = head and string.byte(head, 1)
  local changed, owner = head == false or (version and version ~= VERSION), ''
  if version == VERSION and #head == ORIGIN - 1 then
    local answered = string.sub(head, 1, OWNER - 1) == ANSWERED
    changed = struct.unpack(NUMBER, head, answered and COMPLETED or HEARTBEAT) >= since
    owner = answered and string.sub(head, OWNER, FINGERPRINT - 1) or ''
  end
  if changed then
    found[#found + 1] = i - 2
    found[#found + 1] = head and redis.call('STRLEN', KEYS[i]) or 0
    found[#found + 1] = owner
  end
end
return found
