package dev.idem.service.config;

import java.io.IOException;

/** The configuration file cannot be used as it is written down; the message says where and why, and quotes no value. */
public final class UnusableFileException extends IOException {
    private static final long serialVersionUID = 1L;

    UnusableFileException(String message) {
        super(message);
    }
}
