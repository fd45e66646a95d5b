package dev.idem.core.configfile;

/** A configuration file cannot be read. The message says where and why, and quotes no value. */
public final class ConfigFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigFileException(String message) {
        super(message);
    }
}
