package dev.idem.dropwizard.health;

import com.codahale.metrics.health.HealthCheck;
import dev.idem.postgres.schema.Schema;
import dev.idem.postgres.schema.SchemaException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the database's schema is current. {@link SchemaWatch} looks at it every two seconds. Thread-safe. */
public final class SchemaHealthCheck extends HealthCheck {
    private final Schema schema;
    private final String command;
    private volatile @Nullable Result found;

    /** @param command what an operator runs when the schema is behind */
    public SchemaHealthCheck(Schema schema, String command) {
        this.schema = schema;
        this.command = command;
    }

    /**
     * Looks at the database: what an operator has to do; empty if the schema is current.
     *
     * @throws SchemaException if the database is unavailable
     */
    public Optional<String> behind() {
        try {
            Optional<String> behind = schema.isCurrent()
                    ? Optional.empty()
                    : Optional.of("The database's schema is behind; run: " + command);
            found = behind.map(Result::unhealthy).orElseGet(Result::healthy);
            return behind;
        } catch (SchemaException e) {
            found = unavailable(e);
            throw e;
        }
    }

    private static Result unavailable(SchemaException e) {
        return Degraded.because(String.valueOf(e.getMessage()));
    }

    /** What the last look found: a database that hangs does not hold up the page. */
    @Override
    protected Result check() {
        Result last = found;
        if (last != null) {
            return last;
        }
        try {
            return behind().map(Result::unhealthy).orElseGet(Result::healthy);
        } catch (SchemaException e) {
            return unavailable(e);
        }
    }
}
