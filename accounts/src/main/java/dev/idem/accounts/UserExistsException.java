package dev.idem.accounts;

/** The address belongs to a user already. */
public final class UserExistsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UserExistsException(String email) {
        super("There is a user " + email + " already.");
    }
}
