package dev.idem.verification.support;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The JDK's program for certificates, which costs less here: a test's key needs no protection. */
public final class Keytool {
    /** By default each password is hashed ten thousand times, when a file is written and whenever it is read. */
    private static final List<String> OPTIONS = List.of(
            "-J-XX:TieredStopAtLevel=1",
            "-J-XX:+UseSerialGC",
            "-J-Dkeystore.pkcs12.certPbeIterationCount=1",
            "-J-Dkeystore.pkcs12.keyPbeIterationCount=1",
            "-J-Dkeystore.pkcs12.macIterationCount=1");

    private Keytool() {}

    /** The whole command line, as {@link ProcessBuilder} takes it. */
    public static List<String> with(String... arguments) {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        return Stream.of(List.of(keytool), OPTIONS, List.of(arguments))
                .flatMap(List::stream)
                .toList();
    }
}
