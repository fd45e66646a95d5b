package dev.idem.dropwizard.testing;

import dev.idem.dropwizard.atomic.ParticipantFactory;
import dev.idem.dropwizard.atomic.TransactionFilter;
import dev.idem.dropwizard.tested.TestedLayer;
import dev.idem.http.IdempotencyRuntime;
import dev.idem.http.config.IdempotencyConfiguration;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/** What one start of a whole application has in the place of Redis and PostgreSQL. */
record MemoryLayer(MemoryRuntime memory, MemoryTransactions given, boolean hasOwnDatabase) implements TestedLayer {

    @Override
    public IdempotencyRuntime runtime(IdempotencyConfiguration settings, Environment environment) {
        IdempotencyRuntime started = memory.start(settings, environment.metrics());
        environment.lifecycle().manage(new AutoCloseableManager(started.engine()));
        return started;
    }

    @Override
    public TransactionFilter transactions(Supplier<Jdbi> own, List<ParticipantFactory<?>> participants) {
        return given.orElse(hasOwnDatabase ? Optional.of(own) : Optional.empty(), participants);
    }
}
