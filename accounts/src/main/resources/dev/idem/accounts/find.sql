-- One user by id.
SELECT id, email, role, enabled, created_at FROM users WHERE id = :id
