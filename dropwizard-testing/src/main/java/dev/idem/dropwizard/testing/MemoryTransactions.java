package dev.idem.dropwizard.testing;

import dev.idem.dropwizard.atomic.ParticipantFactory;
import dev.idem.dropwizard.atomic.TransactionFilter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/** The transactions of atomic methods: real ones, and beside each a record in memory. */
record MemoryTransactions(Optional<Jdbi> given, MemoryRecords records) {

    /**
     * @param own the application's, if its database is there
     * @param participants what else works in each transaction
     */
    TransactionFilter orElse(Optional<Supplier<Jdbi>> own, List<ParticipantFactory<?>> participants) {
        Supplier<Jdbi> database =
                given.<Supplier<Jdbi>>map(jdbi -> () -> jdbi).or(() -> own).orElse(MemoryTransactions::missing);
        return new TransactionFilter(
                database, (transaction, lease, answer) -> records.completeBeforeCommit(lease, answer), participants);
    }

    private static Jdbi missing() {
        throw new IllegalStateException("An atomic method works in a real transaction: give its test a database, by"
                + " new InMemoryIdempotency().transactions(jdbi), for example of H2");
    }
}
