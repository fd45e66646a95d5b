-- One share, if it is the user's own.
SELECT id, url, platform, status, created_at FROM shares WHERE id = :id AND user_id = :user
