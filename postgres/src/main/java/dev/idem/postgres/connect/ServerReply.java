package dev.idem.postgres.connect;

import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** An error that the server, or a pooler, has sent; other failures are the driver's own. */
final class ServerReply {
    private ServerReply() {}

    static Optional<ServerErrorMessage> of(SQLException failure) {
        return failure instanceof PSQLException known
                ? Optional.ofNullable(known.getServerErrorMessage())
                : Optional.empty();
    }

    static boolean isIn(SQLException failure) {
        return of(failure).isPresent();
    }
}
