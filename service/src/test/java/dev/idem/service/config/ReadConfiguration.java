package dev.idem.service.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.ConfigurationParsingException;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/** A whole configuration file as the service reads it, and with the errors that it shows. */
final class ReadConfiguration {
    private ReadConfiguration() {}

    static IdemConfiguration of(String text) throws IOException, ConfigurationException {
        try {
            return new EnvironmentDefaults(name -> Optional.empty())
                    .factories()
                    .create(IdemConfiguration.class, Validators.newValidator(), Jackson.newObjectMapper(), "dw")
                    .build(path -> new ByteArrayInputStream(text.getBytes(UTF_8)), "config.yml");
        } catch (ConfigurationParsingException e) {
            throw InvalidConfigurationException.of("config.yml", e);
        }
    }
}
