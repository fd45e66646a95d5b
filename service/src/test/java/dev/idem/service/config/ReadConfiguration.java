package dev.idem.service.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** A whole configuration file as the service reads it, and with the errors that it shows. */
final class ReadConfiguration {
    private ReadConfiguration() {}

    static IdemConfiguration of(String text) throws IOException, ConfigurationException {
        return of(text, Map.of());
    }

    static IdemConfiguration of(String text, Map<String, String> environment)
            throws IOException, ConfigurationException {
        return new EnvironmentDefaults(name -> Optional.ofNullable(environment.get(name)))
                .factories()
                .create(IdemConfiguration.class, Validators.newValidator(), Jackson.newObjectMapper(), "dw")
                .build(path -> new ByteArrayInputStream(text.getBytes(UTF_8)), "config.yml");
    }
}
