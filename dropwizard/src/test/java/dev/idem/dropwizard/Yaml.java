package dev.idem.dropwizard;

import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.DefaultConfigurationFactoryFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A piece of a configuration file, read as Dropwizard reads it. */
record Yaml(String text) {

    <T> T as(Class<T> type) throws IOException, ConfigurationException {
        return new DefaultConfigurationFactoryFactory<T>()
                .create(type, Validators.newValidator(), Jackson.newObjectMapper(), "dw")
                .build(path -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "config.yml");
    }
}
