package dev.idem.embedded.process;

import java.util.Locale;

/** The operating system. */
public final class Platform {

    private static final String OS = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);

    public static final boolean IS_WINDOWS = OS.startsWith("windows");
    public static final boolean IS_LINUX = OS.startsWith("linux");

    private Platform() {}
}
