package dev.idem.dropwizard.testing;

import com.codahale.metrics.MetricRegistry;
import dev.idem.core.background.DaemonThreads;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.dropwizard.JerseyLayer;
import dev.idem.dropwizard.filter.ScopeResolver;
import dev.idem.dropwizard.hook.RequestHooks;
import dev.idem.dropwizard.late.LateAnswers;
import dev.idem.http.config.IdempotencyConfiguration;
import dev.idem.http.decision.outcome.Outcome;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.cli.ServerCommand;
import io.dropwizard.testing.ConfigOverride;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;

/**
 * {@link dev.idem.dropwizard.Idempotent} in a test, with records in its memory. A resource alone, and a whole application:
 *
 * <pre>{@code
 * ResourceExtension.builder().addResource(new Payments()).addProvider(new InMemoryIdempotency()).build();
 * new DropwizardAppExtension<>(PaymentsApplication.class, "test.yml", new InMemoryIdempotency());
 * }</pre>
 *
 * <p>It has no threads of its own, and each start begins without records. Time stands still for records: none expires, and no owner goes
 * stale, unless {@link #advance} or {@link #killNextOwner} says so. Thread-safe; what configures it returns another one that shares its
 * records.
 */
public final class InMemoryIdempotency extends ConfigOverride implements Feature {
    private final MemoryRuntime memory;
    private final IdempotencyConfiguration settings;
    private final ScopeResolver scopes;
    private final RequestHooks hooks;
    private final Optional<Jdbi> transactions;
    private final boolean ownDatabase;

    /** Policies are the usual ones, and a key belongs to the authenticated principal. */
    public InMemoryIdempotency() {
        this(
                new MemoryRuntime(),
                IdempotencyConfiguration.defaults(),
                ScopeResolver.principal(),
                RequestHooks.none(),
                Optional.empty(),
                false);
    }

    private InMemoryIdempotency(
            MemoryRuntime memory,
            IdempotencyConfiguration settings,
            ScopeResolver scopes,
            RequestHooks hooks,
            Optional<Jdbi> transactions,
            boolean ownDatabase) {
        this.memory = memory;
        this.settings = settings;
        this.scopes = scopes;
        this.hooks = hooks;
        this.transactions = transactions;
        this.ownDatabase = ownDatabase;
    }

    /** With policies, for a resource alone: a whole application brings its own. */
    public InMemoryIdempotency configured(IdempotencyConfiguration policies) {
        return new InMemoryIdempotency(memory, policies, scopes, hooks, transactions, ownDatabase);
    }

    /**
     * The same, as in a configuration file.
     *
     * @param section the YAML below {@code idempotency:}, such as {@code policies: { payments: { ttl: 48h } }}
     * @throws IllegalArgumentException if it is wrong; the message says where and why
     */
    public InMemoryIdempotency configured(String section) {
        return configured(SectionText.parse(section));
    }

    /** With scopes of another kind, for a resource alone: a whole application brings its own. */
    public InMemoryIdempotency scopes(ScopeResolver resolver) {
        return new InMemoryIdempotency(memory, settings, resolver, hooks, transactions, ownDatabase);
    }

    /** With hooks, for a resource alone: a whole application brings its own. */
    public InMemoryIdempotency hooks(RequestHooks ofApplication) {
        return new InMemoryIdempotency(memory, settings, scopes, ofApplication, transactions, ownDatabase);
    }

    /**
     * With real transactions for atomic methods. A record is completed in memory beside each, before the commit.
     *
     * @param database any that a test has, with the tables and plugins that the methods need
     */
    public InMemoryIdempotency transactions(Jdbi database) {
        return new InMemoryIdempotency(memory, settings, scopes, hooks, Optional.of(database), ownDatabase);
    }

    /**
     * For a whole application whose database is there, for its own tables: the bundle opens it as usual, and atomic methods work in it as the
     * bundle's {@code transactions} says, unless {@link #transactions} names another. Without this the bundle opens nothing.
     */
    public InMemoryIdempotency withOwnDatabase() {
        return new InMemoryIdempotency(memory, settings, scopes, hooks, transactions, true);
    }

    /** Called by Jersey. */
    @Override
    public boolean configure(FeatureContext context) {
        // A server of a test may never say that it has stopped, so a thread that has nothing to do ends.
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(1, task -> DaemonThreads.of("idempotency-late-answers", task));
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(1, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        new JerseyLayer(
                        memory.start(settings, new MetricRegistry()),
                        settings.rules(),
                        scopes,
                        new MemoryTransactions(transactions, memory.records()).orElse(Optional.empty(), List.of()),
                        hooks,
                        new LateAnswers(timer))
                .register(context);
        return true;
    }

    /** Called by Dropwizard before it starts the application, on the same thread. */
    @Override
    public void addToSystemProperties() {
        MemoryStarts.next(new MemoryLayer(memory, new MemoryTransactions(transactions, memory.records()), ownDatabase));
    }

    /** Called by Dropwizard after the test. */
    @Override
    public void removeFromSystemProperties() {
        MemoryStarts.none();
    }

    /**
     * For an application with a configuration object, which takes no overrides: {@code new DropwizardAppExtension<>(
     * PaymentsApplication.class, settings, idempotency::server)}.
     */
    public <C extends Configuration> Command server(Application<C> application) {
        addToSystemProperties();
        return new ServerCommand<>(application);
    }

    /** How many requests have executed under a key, a window or a place of their own: their methods were entered. */
    public int executions() {
        return count(Outcome.EXECUTED);
    }

    /** How many requests ended so. */
    public int count(Outcome outcome) {
        return memory.counts().of(outcome);
    }

    /** All records, those without a key too. */
    public List<StoredRecord> records() {
        return memory.records().all();
    }

    /**
     * The record of a key; empty if the key is free.
     *
     * @throws IllegalStateException if several scopes have the key
     */
    public Optional<StoredRecord> record(String key) {
        List<StoredRecord> found =
                records().stream().filter(each -> each.id().key().equals(key)).toList();
        if (found.size() > 1) {
            throw new IllegalStateException("several scopes have this key: look among records()");
        }
        return found.stream().findFirst();
    }

    /** The response that repeats of a key are given; empty if there is none. */
    public Optional<RecordedResponse> answer(String key) {
        return record(key)
                .flatMap(StoredRecord::answer)
                .filter(RecordedResponse.class::isInstance)
                .map(RecordedResponse.class::cast);
    }

    /**
     * The next request that executes is the last of its process: its method runs, but its answer is not stored, and its transaction is
     * rolled back. A repeat takes over at once, as the second attempt.
     */
    public void killNextOwner() {
        memory.records().killNextOwner();
    }

    /** As if Redis and PostgreSQL were away, until {@link #makeAvailable}. */
    public void makeUnavailable() {
        memory.records().makeAvailable(false);
    }

    /** They are back, and take the answers that they could not take. */
    public void makeAvailable() {
        memory.makeAvailable();
    }

    /** Lets time pass for the records: windows and times to live end, and owners of requests that still execute count as dead. */
    public void advance(Duration time) {
        memory.records().advance(time);
    }

    /** Forgets all records and counts, and ends what {@link #killNextOwner} and {@link #makeUnavailable} have begun. */
    public void clear() {
        memory.clear();
    }
}
