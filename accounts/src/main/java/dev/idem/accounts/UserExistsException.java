package dev.idem.accounts;

/** A user with this address already exists. */
public final class UserExistsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UserExistsException(String email) {
        super("User " + email + " already exists.");
    }
}
