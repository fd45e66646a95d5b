package dev.idem.http.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.ConfigurationParsingException;
import io.dropwizard.configuration.DefaultConfigurationFactoryFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A piece of a configuration file, read as Dropwizard reads it. */
final class Yaml {
    private final String text;

    Yaml(String text) {
        this.text = text;
    }

    <T> T as(Class<T> type) throws IOException, ConfigurationException {
        return new DefaultConfigurationFactoryFactory<T>()
                .create(type, Validators.newValidator(), Jackson.newObjectMapper(), "dw")
                .build(path -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "config.yml");
    }

    /** Asserts that it is refused with a message that has each of the parts. */
    void assertRefused(Class<?> type, String... parts) {
        assertThatExceptionOfType(ConfigurationParsingException.class)
                .isThrownBy(() -> as(type))
                .satisfies(e -> assertThat(e).message().contains(parts));
    }
}
