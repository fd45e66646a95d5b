package dev.idem.accounts;

/** A row of the table of users that nobody can log in with, as a person may have changed it. The message says what to do. */
public final class UnusableUserException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableUserException(String email, String why) {
        super("The user " + email + " cannot log in: " + why);
    }
}
