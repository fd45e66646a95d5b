package dev.idem.conformance.app;

import dev.idem.conformance.exchange.Server;
import dev.idem.conformance.http.Client;
import dev.idem.conformance.http.Header;
import dev.idem.conformance.profile.Profile;
import dev.idem.core.record.Consistency;
import dev.idem.http.config.IdempotencyConfiguration;
import io.dropwizard.configuration.DefaultConfigurationFactoryFactory;
import io.dropwizard.configuration.ResourceConfigurationSourceProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.testing.DropwizardTestSupport;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.text.StringSubstitutor;

/** The application while it runs. */
public final class ProbeServer implements AutoCloseable {
    /** What the policies of all profiles say. */
    private static final int LIMIT = 64 * 1024;

    private static final int USUAL_LIMIT = 1 << 20;

    private final Profile profile;
    private final Duration ttl;
    private final DropwizardTestSupport<Configuration> application;

    private ProbeServer(Profile profile, Duration ttl, DropwizardTestSupport<Configuration> application)
            throws Exception {
        this.profile = profile;
        this.ttl = ttl;
        this.application = application;
        application.before();
    }

    /** Starts it with the policy of a profile, that is, of the file with its name. */
    public static ProbeServer start(Stores stores, Profile profile, Consistency consistency, Duration ttl)
            throws Exception {
        Map<String, String> values =
                Map.of("consistency", consistency.name().toLowerCase(Locale.ROOT), "ttl", ttl.toSeconds() + "s");
        return start(stores, profile, ttl, read(profile.label(), values));
    }

    /** Starts it without a layer: nothing is recognised as a repeat. */
    public static ProbeServer startWithoutLayer(Stores stores) throws Exception {
        return start(stores, Profile.OURS, Duration.ofSeconds(3), read("off", Map.of()));
    }

    private static ProbeServer start(Stores stores, Profile profile, Duration ttl, IdempotencyConfiguration idempotency)
            throws Exception {
        Configuration configuration = new Configuration();
        DefaultServerFactory server = (DefaultServerFactory) configuration.getServerFactory();
        ((HttpConnectorFactory) server.getApplicationConnectors().get(0)).setPort(0);
        ((HttpConnectorFactory) server.getAdminConnectors().get(0)).setPort(0);
        return new ProbeServer(profile, ttl, new DropwizardTestSupport<>(ProbeApplication.class, configuration) {
            @Override
            public Application<Configuration> newApplication() {
                return new ProbeApplication(stores, idempotency);
            }
        });
    }

    private static IdempotencyConfiguration read(String name, Map<String, String> values) throws Exception {
        return new DefaultConfigurationFactoryFactory<IdempotencyConfiguration>()
                .create(IdempotencyConfiguration.class, Validators.newValidator(), Jackson.newObjectMapper(), "probe")
                .build(
                        new SubstitutingSourceProvider(
                                new ResourceConfigurationSourceProvider(), new StringSubstitutor(values)),
                        "dev/idem/conformance/app/" + name + ".yml");
    }

    /** As the suite's user would describe it. */
    public Server description() {
        boolean ours = profile == Profile.OURS;
        return new Server(
                new Client(URI.create("http://127.0.0.1:" + application.getLocalPort())),
                Optional.empty(),
                "{}",
                Optional.empty(),
                Optional.of("/probe"),
                List.of(new Header(UserOfHeader.NAME, "ann")),
                List.of(new Header(UserOfHeader.NAME, "bob")),
                profile.wantsUuids(),
                ours ? Optional.of(Duration.ofSeconds(2)) : Optional.empty(),
                Optional.of(ttl),
                ours ? LIMIT : USUAL_LIMIT,
                ours ? LIMIT : USUAL_LIMIT);
    }

    @Override
    public void close() {
        application.after();
    }
}
