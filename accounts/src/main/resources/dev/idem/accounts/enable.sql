-- Lets a user who was locked out log in again.
UPDATE users SET enabled = true WHERE email = :email
