package dev.idem.dropwizard.tested;

import dev.idem.dropwizard.atomic.ParticipantFactory;
import dev.idem.dropwizard.atomic.TransactionFilter;
import dev.idem.http.IdempotencyRuntime;
import dev.idem.http.config.IdempotencyConfiguration;
import io.dropwizard.core.setup.Environment;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/** What an application in a test has in the place of Redis and PostgreSQL. An extension point, for one start. */
public interface TestedLayer {

    /** Whether the application's database is there: then the bundle opens its stores as usual, and the layer uses neither. */
    boolean hasOwnDatabase();

    /** Puts the engine together, and lets the application stop it. */
    IdempotencyRuntime runtime(IdempotencyConfiguration settings, Environment environment);

    /**
     * The transactions of atomic methods. Its database throws {@link IllegalStateException} if there is none.
     *
     * @param own opens the application's, if its database is there
     * @param participants what else works in each transaction
     */
    TransactionFilter transactions(Supplier<Jdbi> own, List<ParticipantFactory<?>> participants);
}
