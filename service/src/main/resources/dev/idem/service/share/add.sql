-- Adds a share; the database says when.
INSERT INTO shares (id, user_id, url, platform)
VALUES (:id, :user, :url, :platform)
RETURNING id, url, platform, status, created_at
