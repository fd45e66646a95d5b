package dev.idem.dropwizard.testing;

import dev.idem.dropwizard.configfile.ConfigFileFactories;
import dev.idem.http.config.IdempotencyConfiguration;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.jackson.Jackson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A section {@code idempotency} that a test has as text. */
final class SectionText {
    /** No system property begins so: an override of the application's is not one of the test's. */
    private static final String NO_OVERRIDES = "no-overrides-of-a-section-in-a-test";

    private SectionText() {}

    /** @throws IllegalArgumentException if it is wrong */
    static IdempotencyConfiguration parse(String section) {
        try {
            return new ConfigFileFactories<IdempotencyConfiguration>(name -> Optional.ofNullable(System.getenv(name)))
                    .create(IdempotencyConfiguration.class, null, Jackson.newObjectMapper(), NO_OVERRIDES)
                    .build(
                            path -> new ByteArrayInputStream(section.getBytes(StandardCharsets.UTF_8)),
                            "the section idempotency of a test");
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalStateException("text in memory cannot fail to be read", e);
        }
    }
}
