-- A user's shares that come after the one a cursor names.
SELECT id, url, platform, status, created_at
FROM shares
WHERE user_id = :user AND (created_at, id) < (:createdAt, :id)
ORDER BY created_at DESC, id DESC
LIMIT :limit
