package dev.idem.accounts;

/** There already is a user with this address. */
public final class UserExistsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UserExistsException(String email) {
        super("There already is a user " + email + '.');
    }
}
