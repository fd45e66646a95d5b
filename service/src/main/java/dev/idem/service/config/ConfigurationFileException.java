package dev.idem.service.config;

import java.io.IOException;

/** The configuration file is invalid; the message says where and why, and quotes no value. */
public final class ConfigurationFileException extends IOException {
    private static final long serialVersionUID = 1L;

    ConfigurationFileException(String message) {
        super(message);
    }
}
