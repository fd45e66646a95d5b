-- A user's latest shares.
SELECT id, url, platform, status, created_at
FROM shares
WHERE user_id = :user
ORDER BY created_at DESC, id DESC
LIMIT :limit
