package dev.idem.service.config;

import java.io.IOException;

/** The configuration file cannot be used as it is written down; the message says where and why, and quotes no value. */
public final class ConfigurationFileException extends IOException {
    private static final long serialVersionUID = 1L;

    ConfigurationFileException(String message) {
        super(message);
    }
}
